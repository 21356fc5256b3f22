import { expect, test } from 'vitest';
import { findBar, toBars, toInterval } from './histogram-shape.ts';

const buckets = [
  { start: 1_000, ok: 8, error: 2 },
  { start: 2_000, ok: 0, error: 0 },
  // A day on which clocks change is longer.
  { start: 3_000, ok: 1, error: 0 },
];
const end = 5_000;

test('bars fill the range, as wide as their time and as high as their count', () => {
  const bars = toBars(buckets, end);
  expect(bars.map(({ x, width }) => [x, width])).toEqual([
    [0, 0.25],
    [0.25, 0.25],
    [0.5, 0.5],
  ]);
  expect(bars[0]).toMatchObject({ okHeight: 0.8, errorHeight: 0.2 });
  expect(bars[1]).toMatchObject({ okHeight: 0, errorHeight: 0 });
});

test('a single event among many can be seen', () => {
  const [, bar] = toBars(
    [
      { start: 0, ok: 100_000, error: 0 },
      { start: 1, ok: 0, error: 1 },
    ],
    2,
  );
  expect(bar?.errorHeight).toBeGreaterThan(0.02);
});

test('what is dragged over becomes the time from the first bar to the end of the last', () => {
  const bars = toBars(buckets, end);
  expect(toInterval(bars, [1, 0], end)).toEqual({ from: 1_000, to: 3_000 });
  expect(toInterval(bars, [2, 2], end)).toEqual({ from: 3_000, to: 5_000 });
  expect(toInterval([], [0, 0], end)).toBeNull();
});

test('a place belongs to the bar that begins before it', () => {
  const bars = toBars(buckets, end);
  expect([-0.1, 0, 0.24, 0.25, 0.9, 1.2].map((x) => findBar(bars, x))).toEqual([0, 0, 0, 1, 2, 2]);
  expect(findBar([], 0.5)).toBe(-1);
  expect(toBars([], end)).toEqual([]);
});
