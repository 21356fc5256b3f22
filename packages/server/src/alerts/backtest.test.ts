import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { testGroup } from './backtest.ts';
import type { Firing } from './backtest.ts';
import { changeInPercent } from './judge-window.ts';
import { planBacktest } from './plan-backtest.ts';
import type { WindowedRule } from './plan-jobs.ts';
import type { WindowPart } from '../domain/alert-reads.ts';
import { calm, readingOf, stepState } from '../domain/alert-state.ts';
import type { GroupState } from '../domain/alert-state.ts';
import { parseWindow, windowAt, windowBefore } from '../domain/alert-window.ts';
import type { TimeSpan } from '../domain/alert-window.ts';
import { runInTurns } from '../map-in-turns.ts';

const minuteMs = 60_000;
const start = Date.UTC(2026, 2, 2, 22);

interface Sample {
  /** Milliseconds after the start. */
  readonly at: number;
  readonly value: number;
}

type Aggregation = 'avg' | 'count' | 'sum' | 'min' | 'max' | 'p50' | 'p95';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function aggregate(values: readonly number[], by: Aggregation): number | null {
  if (by === 'count') return values.length;
  if (values.length === 0) return null;
  if (by === 'sum') return sum(values);
  if (by === 'avg') return sum(values) / values.length;
  if (by === 'min') return Math.min(...values);
  if (by === 'max') return Math.max(...values);
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (by === 'p50' ? 0.5 : 0.95) * (sorted.length - 1) + 1;
  const lower = sorted[Math.floor(rank) - 1] ?? 0;
  const upper = sorted[Math.floor(rank)] ?? lower;
  return lower + (rank - Math.floor(rank)) * (upper - lower);
}

const valuesIn = (samples: readonly Sample[], { fromMs, beforeMs }: TimeSpan): number[] =>
  samples
    .filter(({ at }) => start + at >= fromMs && start + at < beforeMs)
    .map(({ value }) => value);

/** Parts of time as the store gives them. */
function toParts(samples: readonly Sample[], stepMs: number, by: Aggregation): WindowPart[] {
  const starts = [...new Set(samples.map(({ at }) => Math.floor((start + at) / stepMs) * stepMs))];
  return starts.map((startMs) => {
    const values = valuesIn(samples, { fromMs: startMs, beforeMs: startMs + stepMs });
    const isList = by.startsWith('p');
    const value = by === 'avg' ? sum(values) : isList || by === 'count' ? 0 : aggregate(values, by);
    const list = Float64Array.from(isList ? values : []).toSorted();
    return {
      startMs,
      group: null,
      numbers: [{ count: values.length, value: value ?? 0, values: list }],
    };
  });
}

/** The same, one window after another. */
function evaluate(
  rule: WindowedRule,
  times: readonly number[],
  valueOf: (span: TimeSpan) => { value: number | null; count: number },
): Firing[] {
  const firings: Firing[] = [];
  let state: GroupState = calm;
  for (const at of times) {
    const span = windowAt(rule.window, at);
    const { value, count } = valueOf(span);
    const before = rule.kind === 'change' ? valueOf(windowBefore(rule.window, span)).value : null;
    const found = rule.kind === 'change' ? changeInPercent(value, before) : value;
    const reading = readingOf([found], { count, isMissing: count === 0 });
    const step = stepState(state, reading, { rule: rule.alarm, at, isMuted: false });
    state = step.state;
    if (step.edge === null) continue;
    const last = firings.at(-1);
    if (last && last.to === null) firings[firings.length - 1] = { ...last, to: at };
    if (state.status !== 'ok')
      firings.push({ status: state.status, from: at, to: null, value: step.value });
  }
  return firings;
}

const above = (value: number) => ({ operator: 'greater_than', value }) as const;
const below = (value: number) => ({ operator: 'less_than', value }) as const;

const samples = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 300 * minuteMs }),
    value: fc.constantFrom(1, 2, 3, 5, 8, 13),
  }),
  { maxLength: 80 },
);

const rules = fc.record({
  aggregation: fc.constantFrom<Aggregation>('avg', 'count', 'sum', 'min', 'max', 'p50', 'p95'),
  window: fc.constantFrom('1m', '7m', '60m', '2h', 'day'),
  kind: fc.constantFrom('level' as const, 'change' as const),
  critical: fc.constantFrom(above(2), above(5), below(3), below(1), above(4.5), {
    operator: 'equal_to' as const,
    value: 3,
  }),
  warning: fc.constantFrom(null, above(1)),
  resolved: fc.constantFrom(null, below(2)),
  missingData: fc.constantFrom('keep' as const, 'zero' as const, 'alert' as const),
  minimumSample: fc.constantFrom(0, 2),
});

test('a back-test finds what evaluations of each window find', async () => {
  await fc.assert(
    fc.asyncProperty(samples, rules, async (some, { aggregation, kind, window, ...alarm }) => {
      const parsed = parseWindow(window, 'Asia/Kolkata');
      if (parsed === null) throw new Error('a window of the test cannot be read');
      const rule: WindowedRule = {
        kind,
        window: parsed,
        filters: [],
        groupBy: null,
        measures: [{ metric: { path: ['duration'] }, aggregation }],
        renotifyMs: null,
        alarm: { ...alarm, further: { match: 'all', of: [] }, renotifyMs: null },
      };
      const asked = { fromMs: start, beforeMs: start + 310 * minuteMs };
      const plan = planBacktest(rule, asked, 1);
      const parts = toParts(some, plan.stepMs, aggregation);

      const { firings, points } = await runInTurns(testGroup(rule, plan, { group: null, parts }));

      const valueOf = (span: TimeSpan) => {
        const values = valuesIn(some, span);
        return { value: aggregate(values, aggregation), count: values.length };
      };
      const rounded = (list: readonly Firing[]) =>
        list.map((one) => ({ ...one, value: one.value === null ? null : one.value.toFixed(6) }));
      expect(rounded(firings)).toEqual(rounded(evaluate(rule, plan.times, valueOf)));
      expect(points.at(-1)?.at).toBe(plan.times.at(-1));
      expect(points.length).toBeLessThanOrEqual(300);
    }),
    { numRuns: byLevel({ short: 60, full: 500 }) },
  );
});

test.each([
  ['1m', 1],
  ['60m', 1],
  ['2h', 5],
  ['6h', 15],
  ['1d', 60],
  ['day', 15],
  ['month', 15],
  ['100m', 1],
])('a window of %s is evaluated every %i minutes', (text, minutes) => {
  const window = parseWindow(text, 'UTC');
  if (window === null) throw new Error('a window of the test cannot be read');
  const rule = { kind: 'level', window, groupBy: null } as unknown as WindowedRule;
  const month = { fromMs: start - 30 * 1_440 * minuteMs, beforeMs: start };

  const plan = planBacktest(rule, month, 1);
  const many = planBacktest(rule, month, 1_000);

  expect(plan.stepMs).toBe(minutes * minuteMs);
  expect(plan.times[0]).toBe(month.fromMs);
  expect(plan.times.at(-1)).toBe(start);
  expect(many.times.length).toBeLessThanOrEqual(180);
  expect(many.times.at(-1)).toBe(start);
});
