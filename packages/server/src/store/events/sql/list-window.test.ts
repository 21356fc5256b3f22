import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planWindows } from './list-window.ts';

const hour = (hourNumber: number, rowCount: number) => ({ hour: hourNumber, rowCount });

test('reads a small store in one window', () => {
  expect(planWindows([hour(9, 10), hour(8, 5), hour(1, 1)], 100)).toEqual([1]);
  expect(planWindows([], 100)).toEqual([]);
});

test('begins with the newest hours of a large store and widens by eight', () => {
  const hours = Array.from({ length: 1_000 }, (_, index) => hour(5_000 - index, 7_000));

  const windows = planWindows(hours, 100);

  // 21,000 rows, then at least eight times as many, and so on; the last holds everything.
  expect(windows).toEqual([4_998, 4_977, 4_809, 4_001]);
});

test('makes the first window wide enough for a late page', () => {
  const hours = Array.from({ length: 100 }, (_, index) => hour(500 - index, 7_000));

  expect(planWindows(hours, 100_000)[0]).toBe(500 - 28);
});

test('windows widen strictly, end with the oldest hour, and the first can hold the page', () => {
  const counts = fc.array(fc.nat({ max: 50_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(counts, fc.nat({ max: 200_000 }), (rowCounts, neededRows) => {
      const hours = rowCounts.map((rowCount, index) => hour(1_000 - index, rowCount));
      const windows = planWindows(hours, neededRows);

      expect(windows.at(-1)).toBe(hours.at(-1)?.hour);
      expect(windows).toEqual([...new Set(windows)].toSorted((a, b) => b - a));
      const inFirst = hours.filter((one) => one.hour >= (windows[0] ?? 0));
      const rows = inFirst.reduce((sum, one) => sum + one.rowCount, 0);
      expect(rows >= neededRows || windows.length === 1).toBe(true);
    }),
  );
});
