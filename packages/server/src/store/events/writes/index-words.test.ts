import { expect, test } from 'vitest';
import { toBatches } from './index-words.ts';

const used = (hour: number, rowCount: number, projectId = 'p1') => ({ projectId, hour, rowCount });

test('small hours of a project are read together, in their order', () => {
  const hours = [used(9, 5), used(9, 7, 'p2'), used(8, 5), used(7, 19_995), used(6, 1)];

  expect(toBatches(hours)).toEqual([
    [used(9, 5), used(8, 5)],
    [used(9, 7, 'p2')],
    [used(7, 19_995), used(6, 1)],
  ]);
});

test('an hour of any size is read, and many empty ones are not read at once', () => {
  const hours = Array.from({ length: 450 }, (_, index) => used(1_000 - index, 1));

  expect(toBatches([used(2_000, 1e9)])).toEqual([[used(2_000, 1e9)]]);
  expect(toBatches(hours).map(({ length }) => length)).toEqual([200, 200, 50]);
});
