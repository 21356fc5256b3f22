import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countBelow, countUpTo, quantile } from './sorted-numbers.ts';

const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const sorted = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers).toSorted();

function plainQuantile(numbers: readonly number[], level: number): number | null {
  const all = sorted(numbers);
  const rank = level * (all.length - 1) + 1;
  const place = Math.floor(rank);
  const lower = all[place - 1];
  if (lower === undefined) return null;
  const upper = all[place];
  return upper === undefined ? lower : lower + (rank - place) * (upper - lower);
}

test('a percentile of several sorted lists is that of all their numbers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(number, { maxLength: 12 }), { maxLength: 8 }),
      fc.constantFrom(0.5, 0.75, 0.9, 0.95, 0.99),
      (lists, level) => {
        expect(quantile(lists.map(sorted), level)).toEqual(plainQuantile(lists.flat(), level));
      },
    ),
  );
});

test('numbers below another one, and those up to it, are counted in a sorted list', () => {
  const list = sorted([1, 2, 2, 5]);

  expect([0, 2, 3, 9].map((value) => countBelow(list, value))).toEqual([0, 1, 3, 4]);
  expect([0, 2, 3, 9].map((value) => countUpTo(list, value))).toEqual([0, 3, 3, 4]);
});
