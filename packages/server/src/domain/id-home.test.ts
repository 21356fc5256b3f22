import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveHome } from './id-home.ts';
import type { IdPlace, IdScope } from './id-home.ts';

const everywhere: IdScope = {
  kind: 'organisation',
  projectIds: ['default', 'a', 'b'],
  defaultId: 'default',
};
const place = (projectId: string, more: Partial<IdPlace> = {}): IdPlace => ({
  projectId,
  isByOrganisation: true,
  isDeleted: false,
  ...more,
});
const foreign = (projectId: string, more: Partial<IdPlace> = {}): IdPlace =>
  place(projectId, { isByOrganisation: false, ...more });
const found = (projectId: string) => ({ kind: 'found', projectId });
const nowhere = (...elsewhere: string[]) => ({ kind: 'none', elsewhere });

describe('a key of the organisation that names no project means', () => {
  test.each([
    ['what it wrote', [place('a')], found('a'), found('a'), found('a')],
    ['the default project, else', [], found('default'), nowhere(), nowhere()],
    [
      'nothing that only a key of a project wrote, but to read it',
      [foreign('a')],
      found('default'),
      nowhere('a'),
      found('a'),
    ],
    [
      'what it wrote before what is in the default project',
      [foreign('default'), place('a')],
      found('a'),
      found('a'),
      found('a'),
    ],
    [
      'what is in the default project before what others wrote',
      [foreign('a'), foreign('default')],
      found('default'),
      found('default'),
      found('default'),
    ],
    [
      'what is there before what it deleted',
      [place('a', { isDeleted: true }), place('b')],
      found('b'),
      found('b'),
      found('b'),
    ],
    [
      'what it deleted before what others wrote',
      [place('a', { isDeleted: true }), foreign('b')],
      found('a'),
      found('a'),
      found('a'),
    ],
  ])('%s', (_name, places, write, change, read) => {
    expect(resolveHome(everywhere, places, 'write')).toEqual(write);
    expect(resolveHome(everywhere, places, 'change')).toEqual(change);
    expect(resolveHome(everywhere, places, 'read')).toEqual(read);
  });

  test.each([
    ['that it wrote in both', [place('a'), place('b'), foreign('default')], 'change'],
    ['that keys of both wrote', [foreign('a'), foreign('b')], 'read'],
  ] as const)('neither of two projects %s', (_name, places, purpose) => {
    expect(resolveHome(everywhere, places, purpose)).toEqual({
      kind: 'ambiguous',
      projectIds: ['a', 'b'],
    });
  });
});

const places = fc.uniqueArray(
  fc.record({
    projectId: fc.constantFrom('default', 'a', 'b', 'c'),
    isByOrganisation: fc.boolean(),
    isDeleted: fc.boolean(),
  }),
  { selector: ({ projectId }) => projectId },
);
const purposes = fc.constantFrom('write', 'change', 'read');

test('no write or change is led into a project by what only its own keys wrote', () => {
  fc.assert(
    fc.property(places, fc.constantFrom('write', 'change'), (known, purpose) => {
      const home = resolveHome(everywhere, known, purpose);
      const own = known.filter(({ isByOrganisation }) => isByOrganisation);
      const allowed = ['default', ...own.map(({ projectId }) => projectId)];
      const led = home.kind === 'found' ? [home.projectId] : [];
      const named = home.kind === 'ambiguous' ? home.projectIds : led;

      expect(named.filter((projectId) => !allowed.includes(projectId))).toEqual([]);
    }),
  );
});

test('what keys of other projects write or delete changes nothing for what the organisation wrote', () => {
  fc.assert(
    fc.property(places, purposes, (known, purpose) => {
      const own = known.filter(({ isByOrganisation }) => isByOrganisation);
      fc.pre(own.length > 0);

      expect(resolveHome(everywhere, known, purpose)).toEqual(
        resolveHome(everywhere, own, purpose),
      );
    }),
  );
});

test('a key of a project, and a request that names one, mean that project alone', () => {
  fc.assert(
    fc.property(places, purposes, (known, purpose) => {
      expect(resolveHome({ kind: 'project', projectId: 'a' }, known, purpose)).toEqual(found('a'));
    }),
  );
});

test('the order of the projects does not matter', () => {
  fc.assert(
    fc.property(places, purposes, (known, purpose) => {
      const sorted = (home: ReturnType<typeof resolveHome>) =>
        home.kind === 'ambiguous'
          ? home.projectIds.toSorted()
          : home.kind === 'none'
            ? home.elsewhere.toSorted()
            : home;

      expect(sorted(resolveHome(everywhere, known.toReversed(), purpose))).toEqual(
        sorted(resolveHome(everywhere, known, purpose)),
      );
    }),
  );
});
