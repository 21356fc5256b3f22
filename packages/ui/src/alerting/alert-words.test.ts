import { expect, it } from 'vitest';
import { describeCondition, formatAlertValue, unitOfAlert, windowMs } from './alert-words.ts';
import type { Watched } from './alert-words.ts';

const above = (value: number): Watched['thresholds'] => ({
  critical: { operator: 'greater_than', value },
});

it.each<[Watched, string]>([
  [
    { aggregation: 'P95', projections: ['duration'], group_by: 'model', thresholds: above(4000) },
    'p95 of duration > 4 s over 1h by model',
  ],
  [
    { aggregation: 'AVERAGE', projections: ['error'], window: '5m', thresholds: above(0.05) },
    'error rate > 5% over 5m',
  ],
  [
    { aggregation: 'COUNT', window: 'day', thresholds: above(10) },
    'number of events > 10 over the day',
  ],
  [
    {
      aggregation: 'SUM',
      projections: ['cost_usd'],
      filters: [{ field: 'source', operator: 'is', value: 'production', type: 'string' }],
      thresholds: above(5),
    },
    'sum of cost_usd of source:production > $5.00 over 1h',
  ],
  [
    { alert_type: 'DRIFT', aggregation: 'SUM', projections: ['cost_usd'], thresholds: above(50) },
    'change of sum of cost_usd > 50 % over 1h',
  ],
  [
    { alert_type: 'PER_EVENT', projections: ['duration'], thresholds: above(60_000) },
    'duration of one event > 1m',
  ],
  [
    { alert_type: 'LOOP', loop: { repeats: 5, cost_usd: 2 } },
    'A session with 5 calls of a tool with the same input or a cost of $2.00',
  ],
  [
    {
      ratio: { filters: [{ field: 'error', operator: 'exists' }] },
      thresholds: above(0.1),
      conditions: { match: 'all', of: [{ operator: 'greater_than', value: 1 }] },
    },
    'share of has:error > 10% over 1h and 1 further condition',
  ],
])('%j is said %j', (alert, words) => {
  expect(describeCondition(alert)).toBe(words);
});

it('a value that is not known is a dash, a change has a percent sign', () => {
  expect(formatAlertValue('ms', null)).toBe('–');
  expect(formatAlertValue(unitOfAlert({ alert_type: 'DRIFT' }), 12)).toBe('12 %');
});

it.each([
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['30d', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
])('%s has %i ms', (window, ms) => {
  expect(windowMs(window)).toBe(ms);
});
