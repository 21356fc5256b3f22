import { expect, test } from 'vitest';
import { mergeFree } from './merge-free.ts';

test('missing fields are added at every level, and the others are returned', () => {
  const target = { a: { b: 1, c: [1] }, d: 1 };

  const refused = mergeFree(target, { a: { b: 2, e: 3 }, d: { f: 4 }, g: 5 });

  expect(target).toEqual({ a: { b: 1, c: [1], e: 3 }, d: 1, g: 5 });
  expect(refused).toEqual({ a: { b: 2 }, d: { f: 4 } });
});

test('nothing is returned if all was added', () => {
  expect(mergeFree({ a: 1 }, { b: 2 })).toBeNull();
});

test('objects that were given are not changed', () => {
  const given = { b: 1 };

  mergeFree({ a: given }, { a: { c: 2 } });

  expect(given).toEqual({ b: 1 });
});
