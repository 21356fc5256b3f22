import { beforeEach, expect, test } from 'vitest';
import type { ChartQuery } from '../../../domain/event-query.ts';
import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const noon = Date.UTC(2026, 0, 14, 12);
const store = await openTestStore();
let projectId = '';
let projectCount = 0;

beforeEach(() => {
  projectCount += 1;
  projectId = `p${projectCount}`;
});

const event = (more: Partial<StoredEvent> = {}): StoredEvent =>
  buildStoredEvent({ startTime: noon, ...more, projectId });
const query = () => ({ projectIds: [projectId], filters: [], rootsOnly: false });

const chart = async (more: Partial<ChartQuery>) =>
  (
    await store.readChart({
      ...query(),
      metric: ['duration'],
      bucket: 'day',
      aggregation: 'avg',
      ...more,
    })
  ).map(({ bucketMs, group, value, count }) => [
    new Date(bucketMs).toISOString(),
    group,
    value,
    count,
  ]);

test.each([
  ['minute', '2026-01-14T12:34:00.000Z'],
  ['hour', '2026-01-14T12:00:00.000Z'],
  ['day', '2026-01-14T00:00:00.000Z'],
  ['week', '2026-01-12T00:00:00.000Z'],
  ['month', '2026-01-01T00:00:00.000Z'],
] as const)('points begin a %s in UTC', async (bucket, start) => {
  await store.insert([event({ startTime: Date.UTC(2026, 0, 14, 12, 34, 56, 789) + 0.5 })]);

  expect(await chart({ bucket })).toEqual([[start, null, 10, 1]]);
});

test('points know every month and week from 1970 to the end of time', async () => {
  const starts = [0, 4 * dayMs - 1, 4 * dayMs, Date.UTC(2000, 1, 29), Date.UTC(2100, 1, 28)];
  const ends = [Date.UTC(2023, 11, 31, 23, 59), Date.UTC(2400, 1, 29), 8.64e15];
  const instants = [...starts, ...ends, Date.UTC(9999, 6, 31)];
  await store.insert(
    instants.map((startTime, index) => event({ eventId: `e${index}`, startTime })),
  );
  const monthOf = (ms: number): number => {
    const date = new Date(ms);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  };
  const weekOf = (ms: number): number => {
    const day = Math.floor(ms / dayMs);
    return (day - ((new Date(ms).getUTCDay() + 6) % 7)) * dayMs;
  };

  for (const [bucket, startOf] of [
    ['month', monthOf],
    ['week', weekOf],
  ] as const) {
    const points = await store.readChart({
      ...query(),
      metric: ['duration'],
      bucket,
      aggregation: 'count',
    });
    expect(points.map(({ bucketMs }) => bucketMs)).toEqual(
      [...new Set(instants.map(startOf))].toSorted((a, b) => a - b),
    );
  }
});

test('a chart aggregates the numbers that are there', async () => {
  const scores = ['1', '"3"', '{"x":1}', 'null', '8', 'true'];
  await store.insert([
    ...scores.map((score, index) => event({ eventId: `e${index}`, metrics: `{"score":${score}}` })),
    event({ eventId: 'none' }),
  ]);
  const value = async (aggregation: ChartQuery['aggregation']) =>
    (await chart({ metric: ['metrics', 'score'], aggregation }))[0]?.slice(2);

  expect(await value('avg')).toEqual([13 / 4, 7]);
  expect(await value('sum')).toEqual([13, 7]);
  expect(await value('min')).toEqual([1, 7]);
  expect(await value('max')).toEqual([8, 7]);
  expect(await value('count')).toEqual([4, 7]);
  expect(await value('p50')).toEqual([2, 7]);
  expect(await value('p75')).toEqual([4.25, 7]);
  expect(await value('p99')).toEqual([expect.closeTo(7.85, 9), 7]);
  expect(await chart({ metric: ['metrics', 'other'] })).toEqual([
    ['2026-01-14T00:00:00.000Z', null, null, 7],
  ]);
  expect(await chart({ metric: ['nonsense'], aggregation: 'sum' })).toEqual([
    ['2026-01-14T00:00:00.000Z', null, null, 7],
  ]);
});

test('a chart groups by a root field or a path, those without it last', async () => {
  await store.insert([
    event({ eventId: 'a', metadata: '{"plan":"pro"}', durationMs: 1 }),
    event({ eventId: 'b', metadata: '{"plan":"pro"}', durationMs: 3 }),
    event({ eventId: 'c', metadata: '{"plan":{"name":"x"}}', source: 'other' }),
    event({ eventId: 'd', startTime: noon - dayMs }),
  ]);

  expect(await chart({ groupBy: ['metadata', 'plan'] })).toEqual([
    ['2026-01-13T00:00:00.000Z', null, 10, 1],
    ['2026-01-14T00:00:00.000Z', 'pro', 2, 2],
    ['2026-01-14T00:00:00.000Z', '{"name":"x"}', 10, 1],
  ]);
  expect(await chart({ groupBy: ['source'], aggregation: 'count' })).toEqual([
    ['2026-01-13T00:00:00.000Z', 'test', 1, 1],
    ['2026-01-14T00:00:00.000Z', 'other', 1, 1],
    ['2026-01-14T00:00:00.000Z', 'test', 2, 2],
  ]);
  expect(await chart({ groupBy: ['start_time'], bucket: 'month', aggregation: 'sum' })).toEqual([
    ['2026-01-01T00:00:00.000Z', String(noon - dayMs), 10, 1],
    ['2026-01-01T00:00:00.000Z', String(noon), 14, 3],
  ]);
  expect(
    await chart({
      groupBy: ['error'],
      filters: [{ path: ['event_id'], operator: 'is', value: 'a', type: 'string' }],
    }),
  ).toEqual([['2026-01-14T00:00:00.000Z', null, 1, 1]]);
});

test('a day of which a part is asked for adds up out of its hours, in the order of groups', async () => {
  const names = ['z', '\uFF5E', '😀', 'a'];
  await store.insert(
    names.map((source, index) =>
      event({
        eventId: source,
        source,
        durationMs: index,
        startTime: noon + index * hourMs,
        error: source === 'a' ? null : source,
      }),
    ),
  );
  const day = { fromMs: noon - 0.5 * hourMs, toMs: noon + 3.5 * hourMs };
  const read = async (aggregation: ChartQuery['aggregation']) =>
    (await chart({ ...day, aggregation, groupBy: ['error'] })).map(([, group, value]) => [
      group,
      value,
    ]);

  for (const aggregation of ['sum', 'avg'] as const)
    expect(await read(aggregation)).toEqual([
      ['z', 0],
      ['\uFF5E', 1],
      ['😀', 2],
      [null, 3],
    ]);
  await store.insert([
    event({ eventId: 'late', source: 'z', error: 'z', durationMs: 7, startTime: noon + hourMs }),
  ]);
  expect((await read('sum'))[0]).toEqual(['z', 7]);
  expect((await read('max'))[0]).toEqual(['z', 7]);
  expect((await read('count'))[0]).toEqual(['z', 2]);
});

test('a chart of more points than anyone can look at is refused, not one whose hours would have them', async () => {
  const eventCount = 51_000;
  const groupCount = 25_000;
  await store.insert(
    Array.from({ length: eventCount }, (_, index) =>
      event({
        eventId: `e${index}`,
        source: `g${index % groupCount}`,
        startTime: index * 60_000,
      }),
    ),
  );
  const parts = { fromMs: 1, toMs: eventCount * 60_000, groupBy: ['source'] };
  const ofJanuary = 31 * 1440;

  await expect(chart({ bucket: 'minute' })).rejects.toThrow(QueryTooExpensive);
  expect(await chart({ ...parts, bucket: 'month', aggregation: 'count' })).toHaveLength(
    groupCount + eventCount - ofJanuary,
  );
}, 60_000);
