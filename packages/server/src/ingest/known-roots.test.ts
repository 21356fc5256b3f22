import { expect, test } from 'vitest';
import { createKnownRoots } from './known-roots.ts';

const inProject = (projectId: string, isByOrganisation = true) => ({ projectId, isByOrganisation });

test('caches the most recent sessions, and their projects', () => {
  const roots = createKnownRoots(2);

  roots.add('a', inProject('p1'));
  roots.add('b', inProject('p1'));
  roots.add('a', inProject('p2'));
  roots.add('c', inProject('p2'));

  expect(roots.has('p1', 'a', true)).toBe(true);
  expect(roots.has('p2', 'a', true)).toBe(true);
  expect(roots.find('b')).toBeNull();
  expect(roots.has('p1', 'c', true)).toBe(false);
});

test('a session that only keys of the project wrote to has no root for the organisation yet', () => {
  const roots = createKnownRoots(2);
  roots.add('a', inProject('p1', false));

  expect([roots.has('p1', 'a', false), roots.has('p1', 'a', true)]).toEqual([true, false]);
  roots.expect('a', inProject('p1'));
  expect(roots.has('p1', 'a', false)).toBe(false);
  roots.add('a', inProject('p1'));

  expect([roots.has('p1', 'a', false), roots.has('p1', 'a', true)]).toEqual([true, true]);
});

test('evicts a deleted session', () => {
  const roots = createKnownRoots(2);
  roots.add('a', inProject('p1'));

  roots.remove('a');

  expect(roots.find('a')).toBeNull();
});

test('knows where a session belongs before its root is stored', () => {
  const roots = createKnownRoots(2);

  roots.expect('a', inProject('p1'));
  expect(roots.find('a')?.roots).toMatchObject([{ projectId: 'p1', isStored: false }]);
  expect(roots.has('p1', 'a', true)).toBe(false);
  roots.add('a', inProject('p1'));
  roots.expect('a', inProject('p1'));

  expect(roots.has('p1', 'a', true)).toBe(true);
});

test('is complete once all projects were searched, until something is evicted', () => {
  const roots = createKnownRoots(10);
  roots.add('a', inProject('p1', false));
  roots.complete('a', ['p2'], roots.epoch);
  roots.add('a', inProject('p3'));

  expect(roots.find('a')).toEqual({
    isComplete: true,
    roots: [
      { projectId: 'p1', isStored: true, isByOrganisation: false },
      { projectId: 'p2', isStored: false, isByOrganisation: true },
      { projectId: 'p3', isStored: true, isByOrganisation: true },
    ],
  });

  const { epoch } = roots;
  roots.clear();
  roots.complete('a', ['p2'], epoch);

  expect(roots.find('a')).toBeNull();
});

test('a session id of more projects than can be cached is evicted', () => {
  const roots = createKnownRoots(10);
  for (let project = 0; project < 17; project += 1) roots.add('a', inProject(`p${project}`));

  expect(roots.find('a')).toBeNull();
});
