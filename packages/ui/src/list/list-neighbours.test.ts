import { expect, test } from 'vitest';
import { findNeighbours } from './list-neighbours.ts';

const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((event_id) => ({ event_id }));

test.each([
  ['a', null, 'b', false],
  ['c', 'b', 'd', false],
  ['d', 'c', 'e', true],
  ['f', 'e', null, true],
])('%s is between %s and %s', (id, previous, next, isNearEnd) => {
  const found = findNeighbours(rows, id);
  expect(found.previous?.event_id ?? null).toBe(previous);
  expect(found.next?.event_id ?? null).toBe(next);
  expect(found.isNearEnd).toBe(isNearEnd);
});

test('what is not in the list has no neighbours', () => {
  expect(findNeighbours(rows, 'x')).toMatchObject({ previous: null, next: null, index: -1 });
  expect(findNeighbours([], 'x').isNearEnd).toBe(false);
});
