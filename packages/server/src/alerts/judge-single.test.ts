import { describe, expect, test } from 'vitest';
import type { StoredState } from './alert-store.ts';
import { toGroupKey } from './alert-store.ts';
import { judgeSingle, mostKept, keptMs } from './judge-single.ts';
import type { Subject } from './judge-single.ts';
import { toOwnAlert } from './own-alert.ts';
import { isWindowedRule } from './plan-jobs.ts';
import { readRule } from './read-rule.ts';

const minute = 1_800_000_000_000;
const place = { projectId: 'p1', alertId: 'a1' };
const input = {
  name: 'slow',
  alert_type: 'PER_EVENT' as const,
  projections: ['duration'],
  thresholds: { critical: { operator: 'greater_than' as const, value: 5 } },
};

function createAlert() {
  const rule = readRule(input);
  if ('issues' in rule || isWindowedRule(rule)) throw new Error('a rule of single events');
  const row = { id: 'a1', projectId: 'p1', content: JSON.stringify(input) };
  const own = toOwnAlert({ ...row, createdAt: 1, updatedAt: 1 });
  return { own, rule, run: null };
}

const stateOf = (id: string, since: number): [string, StoredState] => {
  const groupKey = toGroupKey(id, true);
  const notified = { notifiedAs: 'critical' as const, notifiedAt: since, isHeld: false };
  return [groupKey, { ...place, groupKey, status: 'critical', since, value: 9, ...notified }];
};

const subject: Subject = {
  id: 'new',
  status: 'critical',
  value: 9,
  threshold: 5,
  reason: null,
  span: { fromMs: minute - 1, beforeMs: minute },
};

const judge = (states: ReadonlyMap<string, StoredState>) =>
  judgeSingle(createAlert(), { found: [subject], total: 1 }, { states, minute, now: minute });

describe('events that have fired', () => {
  test('are kept for a day and two hours, and fire once', () => {
    const states = new Map([
      stateOf('old', minute - keptMs),
      stateOf('known', minute - keptMs + 1),
    ]);

    const { gone, edges, states: added } = judge(states);

    expect(gone).toEqual([toGroupKey('old', true)]);
    expect(edges).toEqual([expect.objectContaining({ edge: 'triggered', at: minute })]);
    expect(added.map(({ groupKey }) => groupKey)).toEqual([toGroupKey('new', true)]);
  });

  test('are not more than an evaluation can ask for: the first ones are discarded', () => {
    const states = new Map(
      Array.from({ length: mostKept }, (_, index) =>
        stateOf(`event ${index}`, minute - mostKept + index),
      ),
    );

    expect(judge(states).gone).toEqual([toGroupKey('event 0', true)]);
  });
});
