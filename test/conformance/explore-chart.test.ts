import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);

const range = { from: sampleStart, to: sampleStart + 48 * hourMs, bucket_ms: 24 * hourMs };
const ofModels = [{ field: 'event_type', operator: 'is', value: 'model' }];
const read = (body: Readonly<Record<string, unknown>>) =>
  api.ok('exploreChart', { body: { ...range, ...body } });

test('one series without grouping: counts by day, with the total', async () => {
  const chart = await read({ aggregation: 'count' });

  expect(chart).toEqual({
    bucket_ms: 24 * hourMs,
    timezone: 'UTC',
    estimated: false,
    starts: [-12, 12, 36].map((hours) => sampleStart + hours * hourMs),
    end: sampleStart + 60 * hourMs,
    series: [{ group: null, values: [36, 72, 36], total: 144, count: 144 }],
    groups_total: 1,
    others: null,
  });
});

test('percentiles are exact, interpolated, and of the range they are those of all rows', async () => {
  const { series } = await read({ aggregation: 'p50', filters: ofModels });

  expect(series).toMatchObject([{ values: [650, 2_450, 4_250], total: 2_450, count: 48 }]);
});

test.each<[string, Record<string, unknown>, (number | null)[], number]>([
  [
    'the error rate',
    {
      metric: 'error',
      aggregation: 'avg',
      filters: [{ field: 'event_name', operator: 'is', value: 'look up' }],
    },
    [1 / 6, 1 / 6, 1 / 6],
    1 / 6,
  ],
  ['errors', { metric: 'error', aggregation: 'sum' }, [2, 4, 2], 8],
  ['cost', { metric: 'cost_usd', aggregation: 'sum' }, [6, 12, 6], 24],
  ['a number in a bucket', { metric: 'metadata.score', aggregation: 'max' }, [11, 35, 47], 47],
  ['booleans', { metric: 'metadata.ok', aggregation: 'avg' }, [0.5, 0.5, 0.5], 0.5],
  ['sessions', { scope: 'sessions', aggregation: 'count' }, [12, 24, 12], 48],
])('draws %s', async (_what, body, values, total) => {
  const { series } = await read(body);

  expect(series[0]?.values.map((value) => value?.toFixed(6))).toEqual(
    values.map((value) => value?.toFixed(6)),
  );
  expect(series[0]?.total).toBeCloseTo(total, 9);
});

test('the largest groups have a series each, the others one together', async () => {
  const chart = await read({ aggregation: 'count', filters: ofModels, group_by: 'model', top: 1 });
  const all = await read({ aggregation: 'count', filters: ofModels, group_by: 'model' });

  expect(chart).toMatchObject({
    series: [{ group: 'gpt-5', values: [6, 12, 6], total: 24 }],
    groups_total: 3,
    others: { group: null, values: [6, 12, 6], total: 24, count: 24 },
  });
  expect(all.series.map(({ group, total }) => [group, total])).toEqual([
    ['gpt-5', 24],
    ['claude', 16],
    ['gemini', 8],
  ]);
  expect(all.others).toBeNull();
});

test('events without a value are a group as any other', async () => {
  const { series } = await read({ aggregation: 'count', group_by: 'user_properties.plan', top: 2 });

  expect(series.map(({ group, total }) => [group, total])).toEqual([
    [null, 96],
    ['free', 24],
  ]);
});

test('where nothing was measured there is a gap, and 0 only for counts', async () => {
  const empty = { from: sampleStart - 72 * hourMs, to: sampleStart + 24 * hourMs };
  const sums = await read({ ...empty, metric: 'cost_usd', aggregation: 'sum' });
  const counts = await read({ ...empty, aggregation: 'count' });
  const nothing = await read({ to: sampleStart, from: sampleStart - 1, aggregation: 'count' });

  expect(sums.series[0]?.values).toEqual([null, null, null, 6, 6]);
  expect(counts.series[0]?.values).toEqual([0, 0, 0, 36, 36]);
  expect(nothing.series).toEqual([]);
});

test.each<[Record<string, unknown>, string]>([
  [{ aggregation: 'median' }, 'aggregation'],
  [{ aggregation: 'sum', metric: 'nope' }, 'metric'],
  [{ aggregation: 'sum', group_by: 'a.b' }, 'group_by'],
  [{ aggregation: 'sum', top: 51 }, 'top'],
  [{ aggregation: 'sum', timezone: '' }, 'timezone'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreChart', 400, { body: { ...range, ...body } });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});
