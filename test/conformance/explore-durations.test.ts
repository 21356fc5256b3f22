import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);

const answers = [{ field: 'event_name', operator: 'is', value: 'answer', type: 'string' }];

test('counts events by how long they took, four bars for twice the duration', async () => {
  const { count, bars } = await api.ok('exploreDurations', { body: { filters: answers } });

  // 48 events of 100 ms, 200 ms and so on.
  expect(count).toBe(48);
  expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(48);
  expect(bars[0]?.from_ms).toBeLessThanOrEqual(100);
  expect(bars.at(-1)?.to_ms).toBeGreaterThan(4_800);
  expect(bars.every(({ from_ms, to_ms }) => Math.abs(to_ms / from_ms - 2 ** 0.25) < 1e-9)).toBe(
    true,
  );
  expect(bars.map(({ from_ms }) => from_ms)).toEqual(
    bars.map(({ from_ms }) => from_ms).toSorted((a, b) => a - b),
  );
});

test('finds the place of one duration among the others', async () => {
  const body = { filters: answers, duration_ms: 1_000 };

  expect(await api.ok('exploreDurations', { body })).toMatchObject({
    count: 48,
    shorter: 9,
    equal: 1,
  });
  expect(
    await api.ok('exploreDurations', {
      body: { ...body, from: sampleStart, to: sampleStart + 5 * hourMs },
    }),
  ).toMatchObject({ count: 5, shorter: 5, equal: 0 });
});

test('events without a duration are not counted', async () => {
  const filters = [{ field: 'event_name', operator: 'is', value: 'look up', type: 'string' }];

  expect(await api.ok('exploreDurations', { body: { filters, duration_ms: 5 } })).toEqual({
    count: 0,
    shorter: 0,
    equal: 0,
    bars: [],
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ duration_ms: -1 }, 'duration_ms'],
  [{ scope: 'sessions' }, 'scope'],
  [{ filters: [{ field: 'nope', operator: 'exists' }] }, 'filters[0].field'],
  [{ from: 2, to: 1 }, 'to'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreDurations', 400, { body });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});
