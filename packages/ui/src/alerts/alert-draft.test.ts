import { expect, it, test } from 'vitest';
import { emptyDraft, findProblems, parseThreshold, readDraft, toAlert } from './alert-draft.ts';
import type { AlertDraft } from './alert-draft.ts';

const draft: AlertDraft = { ...emptyDraft, name: 'slow', critical: '4000' };

test('what is typed becomes an alert', () => {
  expect(findProblems(draft)).toEqual({});
  expect(toAlert({ ...draft, warning: '3000', resolved: '2000', groupBy: 'model' }, [])).toEqual({
    name: 'slow',
    description: '',
    alert_type: 'AGGREGATE',
    filters: [],
    destination_ids: [],
    minimum_sample_size: 0,
    renotify_minutes: null,
    aggregation: 'P95',
    projections: ['duration'],
    window: '1h',
    group_by: 'model',
    thresholds: {
      critical: { operator: 'greater_than', value: 4000 },
      warning: { operator: 'greater_than', value: 3000 },
      resolved: { operator: 'less_than', value: 2000 },
    },
  });
});

test('an error rate is typed as percent and kept as a ratio', () => {
  const errors = { ...draft, metric: 'error', aggregation: 'AVERAGE', critical: '5' } as const;

  expect(toAlert(errors, []).thresholds?.critical.value).toBe(0.05);
});

test('a loop has separate limits, and none of the others', () => {
  const loop = { ...draft, type: 'LOOP', critical: '', repeats: '5', costUsd: '2.5' } as const;

  expect(findProblems(loop)).toEqual({});
  expect(toAlert(loop, [])).toMatchObject({ loop: { repeats: 5, cost_usd: 2.5 } });
  expect(toAlert(loop, [])).not.toHaveProperty('thresholds');
});

it.each<[Partial<AlertDraft>, keyof AlertDraft]>([
  [{ name: ' ' }, 'name'],
  [{ window: '32d' }, 'window'],
  [{ window: '5' }, 'window'],
  [{ critical: '' }, 'critical'],
  [{ critical: 'many' }, 'critical'],
  [{ warning: 'many' }, 'warning'],
  [{ minimum: '1.5' }, 'minimum'],
  [{ renotify: '0' }, 'renotify'],
  [{ type: 'LOOP' }, 'repeats'],
  [{ type: 'LOOP', steps: '-1' }, 'steps'],
])('%j is wrong at %s', (change, field) => {
  expect(Object.keys(findProblems({ ...draft, ...change }))).toEqual([field]);
});

it('a threshold may be negative, and may be left out', () => {
  expect([
    parseThreshold('percent', '-20'),
    parseThreshold('ms', ' '),
    parseThreshold('ms', 'x'),
  ]).toEqual([-20, undefined, null]);
});

test('a link begins an alert with the number of a chart', () => {
  expect(readDraft('?n=Cost&m=cost_usd&a=sum&g=model')).toMatchObject({
    name: 'Cost',
    metric: 'cost_usd',
    aggregation: 'SUM',
    groupBy: 'model',
  });
  expect(readDraft('?a=count')).toMatchObject({ aggregation: 'COUNT', metric: '' });
  expect(readDraft('?a=nonsense')).toEqual(emptyDraft);
});
