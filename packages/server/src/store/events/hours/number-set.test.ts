import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countDistinct, unite } from './number-set.ts';

const lists = fc.array(fc.uniqueArray(fc.double({ noNaN: true, min: 0 }), { maxLength: 30 }), {
  maxLength: 6,
});
const toArrays = (numbers: readonly number[][]): Float64Array[] =>
  numbers.map((list) => Float64Array.from(list));

test('a number that several lists have is counted once', () => {
  fc.assert(
    fc.property(lists, (numbers) => {
      expect(countDistinct(toArrays(numbers))).toBe(new Set(numbers.flat()).size);
    }),
  );
});

test('the numbers of all lists are in their union, and no others', () => {
  fc.assert(
    fc.property(lists, fc.double({ noNaN: true, min: 0 }), (numbers, other) => {
      const set = unite(toArrays(numbers));

      expect(numbers.flat().every((value) => set.has(value))).toBe(true);
      expect(set.has(other)).toBe(numbers.flat().includes(other));
    }),
  );
});
