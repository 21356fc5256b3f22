import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);

const range = { from: sampleStart, to: sampleStart + 48 * hourMs };
const read = (body: Readonly<Record<string, unknown>>) =>
  api.ok('exploreHistogram', { body: { scope: 'events', ...range, ...body } });

test('counts events by hour, those that failed apart, with no hour left out', async () => {
  const { buckets, bucket_ms, end, timezone } = await read({ bucket_ms: hourMs });

  expect([bucket_ms, end, timezone]).toEqual([hourMs, range.to, 'UTC']);
  expect(buckets).toHaveLength(48);
  expect(buckets[4]).toEqual({ start: sampleStart + 4 * hourMs, ok: 3, error: 0 });
  expect(buckets[5]).toEqual({ start: sampleStart + 5 * hourMs, ok: 2, error: 1 });
});

test('a session failed when any of its events did', async () => {
  const { buckets } = await read({ scope: 'sessions', bucket_ms: hourMs });

  expect(buckets.slice(4, 6)).toMatchObject([
    { ok: 1, error: 0 },
    { ok: 0, error: 1 },
  ]);
});

test('days are those of the zone, the one of 23 hours too', async () => {
  const { buckets, end } = await read({
    scope: 'sessions',
    bucket_ms: 24 * hourMs,
    timezone: 'Europe/Berlin',
  });

  const edges = [...buckets.map(({ start }) => start), end];
  expect(edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / hourMs)).toEqual([
    24, 23, 24,
  ]);
  expect(buckets.map(({ ok, error }) => ok + error)).toEqual([11, 23, 14]);
});

test('filters, words and the end of the range count', async () => {
  const filtered = await read({
    scope: 'sessions',
    filter_target: 'any_event',
    filters: [{ field: 'model', operator: 'is', value: 'claude' }],
    to: sampleStart + 5 * hourMs,
    buckets: 1,
  });
  const words = await read({ text: 'boom look', buckets: 3 });

  expect(filtered.buckets.reduce((sum, { ok, error }) => sum + ok + error, 0)).toBe(2);
  expect(words.buckets.reduce((sum, { error }) => sum + error, 0)).toBe(8);
});

test('there are no more buckets than asked for, but for those at the ends', async () => {
  for (const buckets of [1, 2, 7, 50, 500]) {
    const answer = await read({ buckets });
    expect(answer.buckets.length).toBeLessThanOrEqual(buckets + 1);
    expect(answer.buckets.reduce((sum, { ok, error }) => sum + ok + error, 0)).toBe(144);
  }
});

test.each<[Record<string, unknown>, string]>([
  [{ from: undefined }, 'from'],
  [{ timezone: 'Mars/Olympus' }, 'timezone'],
  [{ buckets: 0 }, 'buckets'],
  [{ bucket_ms: 10 }, 'bucket_ms'],
  [{ to: sampleStart - 1 }, 'to'],
  [{ from: 0, to: 8.64e15, bucket_ms: 1_000, buckets: 5 }, 'from'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreHistogram', 400, {
    body: { scope: 'events', ...range, ...body },
  });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});
