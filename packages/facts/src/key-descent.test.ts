import { expect, test } from 'vitest';
import { findDescendants } from './key-descent.ts';

const key = (id: string, createdBy: string | null) => ({ id, createdBy });

test('children and their children, not what others made', () => {
  const keys = [
    key('a', 'cli'),
    key('b', 'a'),
    key('c', 'b'),
    key('d', 'cli'),
    key('e', 'd'),
    key('f', null),
  ];

  expect(findDescendants(keys, 'a')).toEqual(['b', 'c']);
  expect(findDescendants(keys, 'c')).toEqual([]);
});

test('keys that claim to have made each other end the search', () => {
  expect(findDescendants([key('a', 'b'), key('b', 'a'), key('c', 'c')], 'a')).toEqual(['b']);
});

test('a long line of keys is followed to its end', () => {
  const keys = Array.from({ length: 20_000 }, (_, at) =>
    key(`k${at}`, at === 0 ? null : `k${at - 1}`),
  );

  expect(findDescendants(keys, 'k0')).toHaveLength(19_999);
});
