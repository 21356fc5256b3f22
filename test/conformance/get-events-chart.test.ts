import { buildEvent, buildSession } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const start = Date.UTC(2026, 2, 2);
const minute = 60_000;
const hour = 60 * minute;

const { session_id } = buildSession();
const sample = [
  {
    event_name: 'a',
    start_time: start,
    duration: 10,
    metadata: { model: 'small', cost: 1, run_id: 'r' },
  },
  {
    event_name: 'b',
    start_time: start + 30 * minute,
    duration: 20,
    metadata: { model: 'large', cost: 2 },
  },
  { event_name: 'c', start_time: start + 40 * minute, duration: 60, metadata: { model: 'small' } },
  {
    event_name: 'd',
    start_time: start + hour,
    duration: 100,
    metadata: { model: 'small', cost: 5 },
  },
];
await api.ok('createEventBatch', {
  body: {
    events: sample.map((event) => buildEvent({ ...event, session_id, event_type: 'model' })),
  },
});

const models = JSON.stringify([{ field: 'event_type', operator: 'is', value: 'model' }]);

async function read(query: Readonly<Record<string, string>> = {}) {
  const { events } = await api.ok('getEventsChart', { query: { filters: models, ...query } });
  return events;
}

const values = async (query: Readonly<Record<string, string>>) =>
  (await read(query)).map((point) => point['value']);

test('averages durations by the hour by default', async () => {
  const points = await read();

  expect(points).toEqual([
    { bucket: '2026-03-02T00:00:00.000Z', timestamp: start, value: 30, count: 3 },
    { bucket: '2026-03-02T01:00:00.000Z', timestamp: start + hour, value: 100, count: 1 },
  ]);
});

test.each([
  ['avg', [30, 100]],
  ['average', [30, 100]],
  ['mean', [30, 100]],
  ['median', [20, 100]],
  ['p50', [20, 100]],
  ['sum', [90, 100]],
  ['min', [10, 100]],
  ['max', [60, 100]],
  ['count', [3, 1]],
])('aggregates with %s', async (aggregation, expected) => {
  expect(await values({ aggregation })).toEqual(expected);
});

test.each(['p75', 'p90', 'p95', 'p99'])(
  'aggregates with %s: within the range, and not below the median',
  async (aggregation) => {
    const [first, second] = await values({ aggregation });

    expect(first).toBeGreaterThanOrEqual(20);
    expect(first).toBeLessThanOrEqual(60);
    expect(second).toBe(100);
  },
);

test.each([
  [
    ['minute', 'minutes', '1m'],
    [start, start + 30 * minute, start + 40 * minute, start + hour],
  ],
  [
    ['hour', 'hours', '1h'],
    [start, start + hour],
  ],
  [['day', 'days', '1d'], [start]],
  [['week', 'weeks', '1w'], [start]],
  [['month', 'months', '1M'], [Date.UTC(2026, 2, 1)]],
])('takes buckets of %j', async (spellings, starts) => {
  for (const bucket of spellings) {
    expect((await read({ bucket })).map((point) => point['timestamp'])).toEqual(starts);
  }
});

test('takes a number out of a bucket, and leaves out events that have none', async () => {
  const points = await read({ metric: 'metadata.cost', aggregation: 'sum', bucket: 'day' });

  expect(points).toMatchObject([{ value: 8 }]);
});

test('groups by a field or a path', async () => {
  const points = await read({ groupBy: 'metadata.model', bucket: 'day', aggregation: 'count' });

  expect(new Map(points.map(({ group, value }) => [group, value]))).toEqual(
    new Map([
      ['large', 1],
      ['small', 3],
    ]),
  );
});

test('keeps to a date range, a run and experiments', async () => {
  const range = { 'dateRange[$gte]': new Date(start + 30 * minute).toISOString() };

  expect(await values({ ...range, aggregation: 'count', bucket: 'day' })).toEqual([3]);
  expect(await values({ evaluation_id: 'r', bucket: 'day' })).toEqual([10]);
  expect(await values({ only_experiments: 'true', bucket: 'day' })).toEqual([10]);
});

test('counts the events behind the points', async () => {
  const chart = await api.ok('getEventsChart', { query: { filters: models } });

  expect(chart.totalEvents).toBe(4);
});

test.each([
  ['bucket', 'fortnight'],
  ['aggregation', 'mode'],
  ['metric', 'nonsense'],
  ['groupBy', 'nonsense'],
  ['dateRange', '{"$gte":"yesterday"}'],
  ['filters', '{"field":"x"}'],
])('refuses %s=%s and names it', async (field, value) => {
  const refusal = await api.refused('getEventsChart', 400, { query: { [field]: value } });

  expect(refusal.issues?.[0]?.field).toContain(field);
});
