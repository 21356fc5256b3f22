import { expect, test } from 'vitest';
import { createKnownRoots } from './known-roots.ts';

test('remembers the most recent sessions, and in which project they are', () => {
  const roots = createKnownRoots(2);

  roots.add('p1', 'a');
  roots.add('p1', 'b');
  roots.add('p1', 'a');
  roots.add('p2', 'c');

  expect(roots.has('p1', 'a')).toBe(true);
  expect(roots.has('p1', 'b')).toBe(false);
  expect(roots.projectOf('c')).toBe('p2');
  expect(roots.has('p1', 'c')).toBe(false);
});

test('forgets a session that was deleted', () => {
  const roots = createKnownRoots(2);
  roots.add('p1', 'a');

  roots.remove('p2', 'a');
  expect(roots.has('p1', 'a')).toBe(true);
  roots.remove('p1', 'a');

  expect(roots.projectOf('a')).toBeNull();
});

test('knows where a session belongs before its root is stored', () => {
  const roots = createKnownRoots(2);

  roots.expect('p1', 'a');
  expect(roots.projectOf('a')).toBe('p1');
  expect(roots.has('p1', 'a')).toBe(false);
  roots.add('p1', 'a');
  roots.expect('p1', 'a');

  expect(roots.has('p1', 'a')).toBe(true);
});
