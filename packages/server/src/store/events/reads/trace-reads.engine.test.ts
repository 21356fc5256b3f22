import { afterAll, expect, test } from 'vitest';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { writeMark } from '../../../domain/trace-mark.ts';
import { addressed } from '../../../domain/trace-span.ts';
import { buildStoredEvent, buildStoredSession } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';

const store = await openTestStore();
afterAll(() => store.close());

let projects = 0;
const newProject = (): string => `project ${++projects}`;

const span = (eventId: string, traceId: string, more: Partial<StoredEvent> = {}): StoredEvent =>
  buildStoredEvent({ eventId, metadata: JSON.stringify({ trace_id: traceId }), ...more });

const idsOf = (events: readonly StoredEvent[]) => events.map(({ eventId }) => eventId).toSorted();

test('the events of a trace in a session that it shares are read without the others', async () => {
  const projectId = newProject();
  await store.insert([
    buildStoredSession({ projectId }),
    span('a', 't1', { projectId }),
    span('b', 't1', { projectId, startTime: 0 }),
    span('other trace', 't2', { projectId }),
    span('stays', 't1', { projectId, origin: addressed }),
    span('elsewhere', 't1', { projectId, sessionId: 's2' }),
    span('gone', 't1', { projectId, isDeleted: true }),
    span('not here', 't1', { projectId: newProject() }),
  ]);

  const [part] = await store.readTraces([{ projectId, sessionId: 's1', traceId: 't1' }]);

  expect(idsOf(part?.events ?? [])).toEqual(['a', 'b']);
  expect(part?.isAll).toBe(true);
});

test('of the session of a trace alone, all is read, with its root', async () => {
  const projectId = newProject();
  await store.insert([
    buildStoredSession({ projectId }),
    span('a', 't1', { projectId }),
    buildStoredEvent({ projectId, eventId: 'sent to it' }),
  ]);

  const [part] = await store.readTraces([{ projectId, sessionId: 's1', traceId: null }]);

  expect(idsOf(part?.events ?? [])).toEqual(['a', 's1', 'sent to it']);
});

test('as much is read at a time as one commit moves, by number and by size', async () => {
  const projectId = newProject();
  const large = JSON.stringify({ text: 'x'.repeat(5 * 1024 ** 2) });
  await store.insert([
    ...Array.from({ length: 600 }, (_, index) => span(`a${index}`, 't1', { projectId })),
    ...['b1', 'b2', 'b3'].map((id) =>
      span(id, 't1', { projectId, sessionId: 's2', inputs: large }),
    ),
  ]);
  const read = async (...sessionIds: readonly string[]) => {
    const places = sessionIds.map((sessionId) => ({ projectId, sessionId, traceId: 't1' }));
    return (await store.readTraces(places)).map(({ events, isAll }) => [events.length, isAll]);
  };

  expect(await read('s1', 's2')).toEqual([
    [500, false],
    [0, false],
  ]);
  expect(await read('s2')).toEqual([[1, false]]);
});

test('what a session has beside the trace is its root and the first of its other events', async () => {
  const projectId = newProject();
  const root = buildStoredSession({ projectId });
  const other = span('other', 't2', { projectId });
  const withUser = span('named', 't2', { projectId, startTime: other.startTime + 1, user: 'a' });
  await store.insert([
    root,
    span('a', 't1', { projectId, startTime: 1 }),
    other,
    withUser,
    span('later', 't2', { projectId, startTime: other.startTime + 2, user: 'b' }),
    buildStoredSession({ projectId, sessionId: 's2' }),
    span('b', 't1', { projectId, sessionId: 's2' }),
  ]);
  const read = (sessionId: string) =>
    store.readRemainder({ projectId, sessionId, traceIds: ['t1'] });

  expect(await read('s1')).toEqual({ root, first: other, firstOfUser: withUser });
  expect(await read('s2')).toMatchObject({ root: { eventId: 's2' }, first: null });
});

test('a trace is found while a mark says that events of it are still to be moved', async () => {
  const [projectId, trace] = [newProject(), { id: 't', ownSession: 'own', mark: 'm' }];
  const mark = (version: number, from: readonly string[]): StoredEvent =>
    buildStoredEvent({
      projectId,
      eventId: 'm',
      version,
      isDeleted: true,
      origin: writeMark({ traceId: 't', ownSession: 'own', rank: [0, 1, 0, 's'], from }),
    });
  const read = async () =>
    (await store.readUnfinishedTraces()).filter((each) => each.projectId === projectId);

  await store.insert([mark(1, [])]);
  expect(await read()).toEqual([]);
  await store.insert([mark(2, ['own'])]);
  expect(await read()).toEqual([{ projectId, trace }]);
});
