import { expect, test } from 'vitest';
import type { StoredEvent } from '../domain/stored-event.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { planBatch } from './event-batch.ts';

const event = (more: Partial<StoredEvent> = {}): StoredEvent => buildStoredEvent(more);

test('what is missing is inserted, and counts when it is not deleted', () => {
  const events = [event({ eventId: 'a' }), event({ eventId: 'b', isDeleted: true })];

  expect(planBatch(events, [])).toEqual({
    insert: events,
    known: 0,
    conflicts: [],
    growth: new Map([['p1', 1]]),
  });
});

test.each([
  ['the same version', 3, 'known'],
  ['an earlier version', 2, 'known'],
  ['a later version', 4, 'insert'],
])('%s', (_name, version, result) => {
  const { insert, known, conflicts } = planBatch([event({ version })], [event({ version: 3 })]);

  expect({ insert: insert.length, known, conflicts: conflicts.length }).toEqual({
    insert: 0,
    known: 0,
    conflicts: 0,
    [result]: 1,
  });
});

test.each([
  [true, false, 1],
  [false, true, -1],
  [false, false, 0],
])('deleted before: %s, after: %s, grows by %i', (before, after, growth) => {
  const head = event({ version: 1, isDeleted: before });

  const plan = planBatch([event({ version: 2, isDeleted: after })], [head]);

  expect(plan.growth).toEqual(new Map([['p1', growth]]));
});

test('an event of the same id in another session or at another time is left out', () => {
  const others = [
    event({ version: 9, sessionId: 'other' }),
    event({ version: 9, startTime: event().startTime + 1 }),
  ];

  expect(planBatch(others, [event()])).toMatchObject({ insert: [], conflicts: others });
});

test('an event that moved to another session is there once, whichever of its places comes first', () => {
  const left = event({ version: 2, isDeleted: true });
  const moved = event({ version: 3, sessionId: 'other' });

  expect(planBatch([left, moved], [])).toMatchObject({ insert: [left, moved], conflicts: [] });
  expect(planBatch([moved, left], [])).toMatchObject({ insert: [moved], known: 1, conflicts: [] });
});

test('the same id in another project is another event', () => {
  const other = event({ projectId: 'p2' });

  expect(planBatch([other], [event({ version: 5 })]).insert).toEqual([other]);
});

test('an event that comes twice is inserted once', () => {
  expect(planBatch([event(), event()], [])).toMatchObject({
    insert: [event()],
    known: 1,
    growth: new Map([['p1', 1]]),
  });
});
