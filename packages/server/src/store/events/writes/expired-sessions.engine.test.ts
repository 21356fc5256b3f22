import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';

const before = Date.UTC(2026, 0, 10);
const old = before - 1;
const store = await openTestStore();

/** A session with two events, all of them last changed at the instant. */
const makeSession = (projectId: string, sessionId: string, updatedAt: number): StoredEvent[] => {
  const about = { projectId, sessionId, updatedAt, parentId: sessionId };
  return [
    buildStoredSession({ ...about, parentId: null }),
    buildStoredEvent({ ...about, eventId: `${sessionId}-1` }),
    buildStoredEvent({ ...about, eventId: `${sessionId}-2` }),
  ];
};

const idsOf = async (projectId: string): Promise<string[]> => {
  const ids: string[] = [];
  for (const { eventId } of await store.readPage(projectId, null, 1_000)) ids.push(eventId);
  return ids.toSorted();
};

test('sessions that last changed before the instant are deleted whole, others stay whole', async () => {
  const extra = buildStoredEvent({
    projectId: 'a',
    sessionId: 'mixed',
    eventId: 'new',
    updatedAt: before,
  });
  await store.insert([
    ...makeSession('a', 'old', old),
    ...makeSession('a', 'new', before),
    ...makeSession('a', 'mixed', old),
  ]);
  await store.insert([extra, ...makeSession('b', 'old', old)]);

  expect(await store.deleteExpired('a', before)).toEqual({ sessionCount: 1, eventCount: 3 });

  expect(await idsOf('a')).toEqual(['mixed', 'mixed-1', 'mixed-2', 'new', 'new', 'new-1', 'new-2']);
  expect(await idsOf('b')).toEqual(['old', 'old-1', 'old-2']);
  expect(await store.deleteExpired('a', before)).toEqual({ sessionCount: 0, eventCount: 0 });
});

test('an update counts as a change, and keeps every version of its session', async () => {
  const [root, first, second] = makeSession('c', 's', old);
  if (!root || !first || !second) throw new Error('a session has three events');
  await store.insert([root, first, second]);
  await store.insert([{ ...first, version: 2, updatedAt: before, eventName: 'changed' }]);

  expect(await store.deleteExpired('c', before)).toEqual({ sessionCount: 0, eventCount: 0 });

  expect(await store.readEvents(['c'], ['s-1'])).toMatchObject([
    { eventName: 'changed', version: 2 },
  ]);
});

test('what was deleted before leaves no tombstone behind', async () => {
  const [root, first] = makeSession('d', 's', old);
  if (!root || !first) throw new Error('a session has a root and events');
  await store.insert([root, first]);
  await store.insert([{ ...first, version: 2, isDeleted: true, updatedAt: old }]);

  await store.deleteExpired('d', before);

  expect(await store.readHeads(['d'], ['s', 's-1'])).toEqual([]);
});

test('what would be deleted is measured by the events of the project alone', async () => {
  const inputs = JSON.stringify({ text: 'x'.repeat(90) });
  const about = { sessionId: 's', updatedAt: old };
  await store.insert([
    ...makeSession('e', 's', old),
    buildStoredEvent({ ...about, projectId: 'e', eventId: 'large', inputs }),
    ...makeSession('f', 's', old),
    buildStoredEvent({ ...about, projectId: 'f', eventId: 'large', inputs: inputs.repeat(1000) }),
  ]);

  expect(await store.explore.readExpired({ projectId: 'e', before })).toMatchObject({
    eventCount: 4,
    payloadBytes: inputs.length,
  });
});

test('names of projects and sessions are data', async () => {
  const name = "x' OR 1 = 1 --";
  await store.insert(makeSession(name, "it's {p0:String} \\ \n", old));
  const others = await idsOf('b');

  expect(await store.deleteExpired(name, before)).toEqual({ sessionCount: 1, eventCount: 3 });

  expect(await idsOf(name)).toEqual([]);
  expect(await idsOf('b')).toEqual(others);
});
