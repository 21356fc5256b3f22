import { expect, test } from 'vitest';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { createKnownMarks } from './known-marks.ts';
import { findMarks } from './read-marks.ts';
import { maxProofs, SeenIds } from './seen-ids.ts';

const mark = buildStoredEvent({ projectId: 'p7', eventId: 'm3', isDeleted: true, origin: '{}' });
const names = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index}`);

function openSources() {
  const seenIds = new SeenIds(1_000);
  seenIds.add('p7', 'm3');
  seenIds.complete();
  let proofs = 0;
  const asked: (readonly string[])[] = [];
  const sources = {
    knownMarks: createKnownMarks(100),
    seenIds: {
      catchUp: seenIds.catchUp,
      mayHold(projectId: string, eventId: string) {
        proofs += 1;
        return seenIds.mayHold(projectId, eventId);
      },
    },
    events: {
      async readHeads(_projectIds: readonly string[], eventIds: readonly string[]) {
        asked.push(eventIds);
        return eventIds.includes('m3') ? [mark] : [];
      },
    },
  };
  return { sources, asked, countProofs: () => proofs };
}

test('marks that were never stored are not looked up', async () => {
  const { sources, asked } = openSources();

  const found = await findMarks(sources, names('p', 10), names('m', 5));

  expect(found).toMatchObject([{ projectId: 'p7', eventId: 'm3' }]);
  expect(asked).toEqual([['m3']]);
});

test('many traces in many projects are left to the store, whatever their product', async () => {
  const { sources, asked, countProofs } = openSources();

  const found = await findMarks(sources, names('p', 1_000), names('m', 10_000));

  expect(found).toMatchObject([{ projectId: 'p7', eventId: 'm3' }]);
  expect(asked).toHaveLength(1);
  expect(countProofs()).toBeLessThanOrEqual(maxProofs);
});
