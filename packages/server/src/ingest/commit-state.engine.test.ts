import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noPricing } from '../domain/pricing.ts';
import { parsePatch } from '../domain/event-patch.ts';
import { buildStoredEvent, buildStoredSession } from '../store/testing/build-event.ts';
import { openTestStore } from '../store/testing/open-test-store.ts';
import { readCommitState } from './commit-state.ts';
import { localWriteTurns } from './write-turns.ts';
import { createKnownMarks } from './known-marks.ts';
import { createKnownRoots } from './known-roots.ts';
import { SeenIds } from './seen-ids.ts';
import type { IdScope } from '../domain/id-home.ts';
import type { Write } from './write.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const store = await openTestStore();
const folder = await mkdtemp(join(tmpdir(), 'honeyhive-commit-state-'));
const metadata = await openTestMetadata(folder);
afterAll(async () => {
  await metadata.close();
  await rm(folder, { recursive: true, force: true });
});

const stored = [
  buildStoredSession({ sessionId: 's1' }),
  buildStoredEvent({ eventId: 'e1', sessionId: 's1' }),
  buildStoredEvent({ eventId: 'e2', sessionId: 's1' }),
  buildStoredEvent({ eventId: 'e1', projectId: 'p2', sessionId: 's2' }),
];

beforeAll(() => store.insert(stored));

/** Reads what writes have to know, by a process that has seen all that is stored; and what it asked the store for. */
async function read(writes: readonly Write[], { roots = [] as readonly string[] } = {}) {
  const asked: (readonly [string, readonly string[], readonly string[]])[] = [];
  const seenIds = new SeenIds(1000);
  for (const { projectId, eventId } of stored) seenIds.add(projectId, eventId);
  seenIds.complete();
  const knownRoots = createKnownRoots(10);
  for (const sessionId of roots)
    knownRoots.add(sessionId, { projectId: 'p1', isByOrganisation: true });
  const events = {
    ...store,
    readHeads: (projectIds: readonly string[], ids: readonly string[]) => {
      asked.push(['heads', projectIds, ids]);
      return store.readHeads(projectIds, ids);
    },
    readEvents: (projectIds: readonly string[], ids: readonly string[]) => {
      asked.push(['events', projectIds, ids]);
      return store.readEvents(projectIds, ids);
    },
    readSessionHeads: (projectIds: readonly string[], ids: readonly string[]) => {
      asked.push(['sessions', projectIds, ids]);
      return store.readSessionHeads(projectIds, ids);
    },
  };
  const state = await readCommitState(
    {
      events,
      metadata,
      knownRoots,
      knownMarks: createKnownMarks(10),
      seenIds,
      pricing: noPricing,
      writeTurns: localWriteTurns,
    },
    { writes, changes: [] },
  );
  return { state, asked };
}

const create = (eventId: string, sessionId: string, projectId = 'p1'): Write => ({
  kind: 'create',
  event: buildStoredEvent({ eventId, sessionId, projectId }),
  sent: { event_type: 'model' },
});

/** One project, or all that a key of the organisation may look in. */
const toScope = (projectIds: readonly string[]): IdScope => {
  const [projectId = '', ...others] = projectIds;
  return others.length === 0
    ? { kind: 'project', projectId }
    : { kind: 'organisation', projectIds, defaultId: null };
};

function patch(eventId: string, projectIds: readonly string[] = ['p1']): Write {
  const parsed = parsePatch({ metadata: { late: true } });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  const how = { patch: parsed.patch, now: 1, clientTimeNs: null };
  return { kind: 'patch', eventId, scope: toScope(projectIds), ...how };
}

const idsOf = (rows: readonly { readonly projectId: string; readonly eventId: string }[]) =>
  rows.map(({ projectId, eventId }) => `${projectId}/${eventId}`).toSorted();

test('nothing is asked for events that were certainly never stored', async () => {
  const { state, asked } = await read([
    create('new', 'new session'),
    create('other', 'new session'),
  ]);

  expect(asked).toEqual([]);
  expect(state).toMatchObject({ heads: [], events: [], heldPatches: [] });
});

test('an event that was sent before is read, with the head of its session’s root', async () => {
  const { state, asked } = await read([create('e1', 's1')]);

  expect(asked).toEqual([
    ['heads', ['p1'], ['e1', 's1']],
    ['events', ['p1'], ['e1']],
  ]);
  expect(idsOf(state.heads)).toEqual(['p1/e1', 'p1/s1']);
  expect(idsOf(state.events)).toEqual(['p1/e1']);
});

test('the root of a session that is known to have one is not looked for', async () => {
  const { state, asked } = await read([create('new', 's1')], { roots: ['s1'] });

  expect(asked).toEqual([]);
  expect(
    ['p1', 'p2'].map((projectId) =>
      state.hasRoot(buildStoredEvent({ projectId, sessionId: 's1' })),
    ),
  ).toEqual([true, false]);
});

test('a session that starts again is read whole, as what it has stays', async () => {
  const root = buildStoredSession({ sessionId: 's1', version: 2 });

  const { state } = await read([{ kind: 'startSession', event: root }]);

  expect(idsOf(state.events)).toEqual(['p1/s1']);
});

test('an update reads the event that it changes, a delete only its head', async () => {
  const { state, asked } = await read([
    patch('e1'),
    { kind: 'delete', eventId: 'e2', scope: toScope(['p1']), now: 1 },
  ]);

  expect(asked.map(([what, , ids]) => [what, ids])).toEqual([
    ['heads', ['e1', 'e2']],
    ['events', ['e1']],
  ]);
  expect(idsOf(state.heads)).toEqual(['p1/e1', 'p1/e2']);
  expect(idsOf(state.events)).toEqual(['p1/e1']);
});

test('a session that is deleted brings the heads of all its events', async () => {
  const { state } = await read([
    { kind: 'deleteSession', sessionId: 's1', scope: toScope(['p1']), now: 1 },
  ]);

  expect(idsOf(state.heads)).toEqual(['p1/e1', 'p1/e2', 'p1/s1']);
});

test('writes for one project each share their query, whatever the project', async () => {
  const { state, asked } = await read([patch('e1', ['p1']), patch('e1', ['p2'])]);

  expect(asked).toHaveLength(2);
  expect(idsOf(state.events)).toEqual(['p1/e1', 'p2/e1']);
});

test('a write that looks in several projects asks for itself', async () => {
  const { state, asked } = await read([patch('e2', ['p1']), patch('e1', ['p1', 'p2'])]);

  expect(asked.filter(([what]) => what === 'events')).toEqual([
    ['events', ['p1'], ['e2']],
    ['events', ['p1', 'p2'], ['e1']],
  ]);
  expect(idsOf(state.events)).toEqual(['p1/e1', 'p1/e2', 'p2/e1']);
});

test('updates that wait for an event come with its creation, those of others and of other projects stay', async () => {
  const patch = '{"metadata":{"late":true}}';
  const held = ['new', 'elsewhere'].map((eventId) => ({
    projectId: 'p1',
    eventId,
    patch,
    receivedAt: 1,
  }));
  await metadata.holdPatches(held);

  const own = await read([create('new', 'new session')]);
  const other = await read([create('new', 'new session', 'p2')]);
  const root = await read([create('child', 'elsewhere')]);

  expect(own.state.heldPatches.map(({ eventId }) => eventId)).toEqual(['new']);
  expect(other.state.heldPatches).toEqual([]);
  // The root that is made for the event takes what waits for it.
  expect(root.state.heldPatches.map(({ eventId }) => eventId)).toEqual(['elsewhere']);
});
