import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { numberVersions } from './number-versions.ts';

const row = (eventId: string, version: number, isDeleted = false) =>
  buildStoredEvent({ projectId: 'p', sessionId: 's', eventId, version, isDeleted });

test('without other servers, versions count on', () => {
  const rows = [row('a', 1), row('b', 7)];

  expect(numberVersions(rows, null)).toBe(rows);
});

test('rows of a later turn beat all of an earlier one, and those of one event keep their order', () => {
  const versions = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(versions, versions, fc.integer({ min: 1, max: 1e9 }), (one, other, turn) => {
      const toRows = (list: readonly number[]) => list.map((version) => row('a', version));
      const earlier = numberVersions(toRows(one), turn).map(({ version }) => version);
      const later = numberVersions(toRows(other), turn + 1).map(({ version }) => version);

      expect(Math.min(...later)).toBeGreaterThan(Math.max(...earlier));
      const order = (list: readonly number[]) =>
        list.map((_, place) => place).toSorted((a, b) => (list[a] ?? 0) - (list[b] ?? 0));
      expect(order(earlier)).toEqual(order(one));
      expect(later.every(Number.isSafeInteger)).toBe(true);
    }),
  );
});

test('a root that is made for its events stays below everything; what was imported is never lowered', () => {
  const rows = [row('root', 0), row('a', 1), row('imported', 9_000_000)];

  expect(numberVersions(rows, 2).map(({ version }) => version)).toEqual([0, 8_192, 9_000_000]);
});
