import { beforeEach, expect, test } from 'vitest';
import type { OtherRow } from '../../../domain/other-writes.ts';
import { versionOf } from '../../../domain/turn-version.ts';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import { createEventStore } from '../event-store.ts';
import { followParts } from './follow-parts.ts';

const engine = await openTestEngine();
const store = createEventStore(engine);
const ownTurns: number[] = [];
const others = await followParts(engine, () => ownTurns);
const reported: (readonly OtherRow[] | string)[] = [];
others.subscribe({
  rows: (rows) => reported.push(rows.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))),
  all: (areAdded) => reported.push(areAdded ? 'all, and more' : 'all'),
});

const hourMs = 3_600_000;
const insert = (eventId: string, turn: number): Promise<void> =>
  store.insert([
    buildStoredEvent({
      projectId: 'p',
      sessionId: `s of ${eventId}`,
      eventId,
      startTime: 5 * hourMs,
      version: versionOf(turn, 0),
    }),
  ]);
const rowOf = (eventId: string): OtherRow => ({
  projectId: 'p',
  hour: 5,
  sessionId: `s of ${eventId}`,
  eventId,
});
const merge = (): Promise<void> => engine.command({ sql: 'OPTIMIZE TABLE events FINAL' });

beforeEach(async () => {
  await others.catchUp();
  reported.length = 0;
});

test('rows of others are reported once, before the call that asks for them ends', async () => {
  await insert('a', 1);
  await insert('b', 2);
  await others.catchUp();
  await others.catchUp();

  expect(reported).toEqual([[rowOf('a'), rowOf('b')]]);
});

test('rows of own turns are not reported', async () => {
  ownTurns.push(7);
  await insert('own', 7);
  await insert('other', 8);
  await others.catchUp();

  expect(reported).toEqual([[rowOf('other')]]);
});

test('a merge changes nothing; rows that were merged before they were seen are reported', async () => {
  await insert('seen', 11);
  await others.catchUp();
  await merge();
  await others.catchUp();
  expect(reported).toEqual([[rowOf('seen')]]);

  reported.length = 0;
  await insert('unseen', 12);
  await merge();
  await others.catchUp();

  expect(reported.flat()).toContainEqual(rowOf('unseen'));
});

test('after a deletion, anything may have changed', async () => {
  await insert('deleted', 21);
  await others.catchUp();
  reported.length = 0;
  await store.deleteProject('p');
  await others.catchUp();
  await insert('later', 22);
  await others.catchUp();

  expect(reported).toEqual(['all', [rowOf('later')]]);
});

test('calls during a look wait for the next one, which sees what was stored before them', async () => {
  const first = others.catchUp();
  await insert('during', 31);
  await Promise.all([first, others.catchUp(), others.catchUp()]);

  expect(reported.flat()).toContainEqual(rowOf('during'));
});

test('more rows than are read at once count as anything', async () => {
  const rows = Array.from({ length: 100_001 }, (_each, index) =>
    buildStoredEvent({ projectId: 'q', sessionId: 's', eventId: `e${index}`, startTime: 1 }),
  );
  await store.insert(rows);
  await others.catchUp();

  expect(reported).toEqual(['all, and more']);
});

test('after the table was emptied, anything may have changed, and what comes then is reported', async () => {
  await insert('before', 41);
  await others.catchUp();
  reported.length = 0;
  await engine.command({ sql: 'TRUNCATE TABLE events' });
  await others.catchUp();
  await insert('after', 42);
  await others.catchUp();

  expect(reported).toEqual(['all, and more', [rowOf('after')]]);
});
