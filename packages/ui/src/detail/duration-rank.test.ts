import { expect, test } from 'vitest';
import { rankDuration } from './duration-rank.ts';

/** Bars of durations that double: 100 to 200 ms, 200 to 400 ms and so on. */
const doubling = (...counts: readonly number[]) =>
  counts.map((count, index) => ({
    from_ms: 100 * 2 ** index,
    to_ms: 100 * 2 ** (index + 1),
    count,
  }));

test('the percentile is the share of shorter events, and half of those that took as long', () => {
  const durations = { count: 100, shorter: 92, equal: 2, bars: doubling(50, 42, 8) };

  expect(rankDuration(durations, 450)).toMatchObject({ percentile: 93, count: 100 });
});

test('the longest and the shortest are within 1 and 99', () => {
  const bars = doubling(1_000);

  expect(rankDuration({ count: 1_000, shorter: 999, equal: 1, bars }, 199)?.percentile).toBe(99);
  expect(rankDuration({ count: 1_000, shorter: 0, equal: 1, bars }, 100)?.percentile).toBe(1);
});

test('bars without events have their place, and its own bar is marked', () => {
  const bars = doubling(10, 0, 20).filter(({ count }) => count > 0);
  const rank = rankDuration({ count: 30, shorter: 10, equal: 0, bars }, 500);

  expect(rank?.bars).toHaveLength(12);
  expect(rank?.bars.filter(({ height }) => height > 0)).toEqual([
    { height: 0.5, isOwn: false },
    { height: 1, isOwn: false },
  ]);
  expect(rank?.bars.findIndex(({ isOwn }) => isOwn)).toBe(9);
});

test('a wide spread fits into few bars, none lost', () => {
  const bars = doubling(...Array.from({ length: 20 }, () => 5));
  const rank = rankDuration({ count: 100, shorter: 50, equal: 0, bars }, 100_000_000);

  expect(rank?.bars).toHaveLength(24);
  expect(rank?.bars.at(-1)?.isOwn).toBe(true);
});

test('among few events there is no place', () => {
  expect(rankDuration({ count: 9, shorter: 3, equal: 1, bars: doubling(9) }, 150)).toBeNull();
  expect(rankDuration({ count: 0, shorter: 0, equal: 0, bars: [] }, 150)).toBeNull();
});
