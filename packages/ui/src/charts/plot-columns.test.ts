import { expect, it } from 'vitest';
import { findSingles, isStacked, stack, toMiddles } from './plot-columns.ts';

const lines = [
  { name: 'a', values: [1, null, 3] },
  { name: 'b', values: [10, 20, null] },
  { name: 'c', values: [100, 100, 100] },
];

it('puts the bars of each line on those before it', () => {
  expect(stack(lines, new Set())).toEqual([
    [1, 0, 3],
    [11, 20, 3],
    [111, 120, 103],
  ]);
});

it('closes the place of a hidden line', () => {
  expect(stack(lines, new Set(['b'])).at(-1)).toEqual([101, 100, 103]);
});

it('stacks what adds up to a whole, and nothing else', () => {
  expect(isStacked({ aggregations: ['sum'] })).toBe(true);
  expect(isStacked({ aggregations: ['count'] })).toBe(true);
  expect(isStacked({ aggregations: ['avg'] })).toBe(false);
  expect(isStacked({ aggregations: ['p50', 'p95'] })).toBe(false);
});

it('draws a value between gaps as a point, and no other', () => {
  expect(findSingles([1, null, 2, 3, null, null, 4])).toEqual([0, 6]);
  expect(findSingles([5])).toEqual([0]);
  expect(findSingles([null, null])).toEqual([]);
});

it('places values in the middle of their buckets, also of those that the end of summer time makes longer', () => {
  expect(toMiddles({ starts: [0, 10, 30], end: 40 })).toEqual([5, 20, 35]);
});
