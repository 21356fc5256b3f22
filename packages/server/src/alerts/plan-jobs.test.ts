import type { AlertIn } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import type { ActiveAlert } from './active-alert.ts';
import { toOwnAlert } from './own-alert.ts';
import { planJobs } from './plan-jobs.ts';
import { readRule } from './read-rule.ts';

const minute = Date.UTC(2026, 2, 2, 12, 30);

function createAlert(input: Partial<AlertIn>, projectId = 'p'): ActiveAlert {
  const alert: AlertIn = {
    name: 'an alert',
    projections: ['duration'],
    thresholds: { critical: { operator: 'greater_than', value: 1 } },
    ...input,
  };
  const rule = readRule(alert);
  if ('issues' in rule) throw new Error(JSON.stringify(rule.issues));
  const row = { id: 'a', projectId, content: JSON.stringify(alert), createdAt: 1, updatedAt: 1 };
  return { own: toOwnAlert(row), rule, run: null };
}

/** How many shapes each job has. */
const sizesOf = (alerts: readonly ActiveAlert[], apart?: ReadonlySet<string>): number[] =>
  planJobs(alerts, minute, apart).map((job) => (job.kind === 'window' ? job.shapes.length : 1));

const named = (value: string) => ({
  filters: [{ field: 'event_name', operator: 'is' as const, value }],
});
const ofPlan = (value: string) => ({
  filters: [{ field: 'metadata.plan', operator: 'is' as const, value }],
});

test('alerts about the same events and groups are one shape, whatever they measure', () => {
  const alerts = [
    createAlert({ ...named('a'), group_by: 'model' }),
    createAlert({ ...named('a'), group_by: 'model', aggregation: 'COUNT', projections: [] }),
    createAlert({
      ...named('a'),
      group_by: 'model',
      thresholds: { critical: { operator: 'less_than', value: 1 } },
    }),
  ];

  const [job] = planJobs(alerts, minute);

  expect(job).toMatchObject({ kind: 'window', shapes: [{ alerts }] });
});

test('shapes of a project are read together, those of others are not', () => {
  const alerts = [
    createAlert({ ...named('a'), window: '1m' }),
    createAlert({ ...named('b'), window: '1d' }),
    createAlert({ ...named('a') }, 'q'),
  ];

  expect(sizesOf(alerts)).toEqual([2, 1]);
  expect(sizesOf(alerts, new Set(['p']))).toEqual([1, 1, 1]);
});

test('payloads are only read together with those of the same hours', () => {
  expect(
    sizesOf([
      createAlert(named('a')),
      createAlert({ ...ofPlan('pro'), window: '5m' }),
      createAlert({ ...ofPlan('free'), window: '10m' }),
      createAlert({ ...ofPlan('free'), window: '2h' }),
      createAlert({ projections: ['metrics.score'], window: '5m' }),
    ]),
  ).toEqual([1, 2, 1, 1]);
});

test('a read has at most forty shapes, fewer of payloads', () => {
  const many = Array.from({ length: 50 }, (_, index) => String(index));

  expect(sizesOf(many.map((name) => createAlert(named(name))))).toEqual([40, 10]);
  expect(sizesOf(many.map((name) => createAlert(ofPlan(name))))[0]).toBe(8);
});

test('an alert of single events is read on its own', () => {
  expect(sizesOf([createAlert({ alert_type: 'PER_EVENT' }), createAlert({})])).toEqual([1, 1]);
});
