import { expect, test } from 'vitest';
import { countActiveDescendants } from './key-descent.ts';

const key = (id: string, maker: string | null, revokedAt: number | null = null) => ({
  id,
  created_by: maker,
  revoked_at: revokedAt,
});

test('counts the keys made with it and with those, but for revoked ones and itself', () => {
  const keys = [key('d', 'c'), key('c', 'b', 1), key('b', 'a'), key('a', 'cli'), key('e', 'cli')];

  expect(countActiveDescendants(keys, 'a')).toBe(2);
  expect(countActiveDescendants(keys, 'd')).toBe(0);
  expect(countActiveDescendants([key('x', 'y'), key('y', 'x')], 'x')).toBe(1);
});
