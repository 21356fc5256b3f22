import {
  buildEvent,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';

const env = { HH_LOG_LEVEL: 'warn' };
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
let api = createOperationCaller(service);
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
});

async function restart() {
  await service.kill('SIGKILL');
  service = await startService({ dataDir, key, env });
  api = createOperationCaller(service);
}

const build = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  ...buildEvent(overrides),
  session_id: randomUUID(),
});
const create = (event: object) => api.ok('createEvent', { body: { event } });
const read = async (event_id: string) => (await api.ok('getEvent', { params: { event_id } })).event;

async function countOf({ session_id }: { session_id: string }) {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  const page = await api.ok('exportEvents', {
    body: { filters: [{ field: 'session_id', operator: 'is', value: session_id }] },
  });
  return [tree.event_count, tree.children.length, page.totalEvents - 1, page.events.length - 1];
}

test('the same event sent twice, one after the other, is one event', async () => {
  const event = build();

  const answers = [await create(event), await create(event)];

  expect(answers[0]).toEqual(answers[1]);
  expect(await countOf(event)).toEqual([1, 1, 1, 1]);
});

test('the same event sent many times at once, alone and in batches, is one event', async () => {
  const event = build();

  await Promise.all(
    Array.from({ length: 40 }, (_each, index) =>
      index % 2 === 0
        ? create(event)
        : api.ok('createEventBatch', { body: { events: [event, build(), event] } }),
    ),
  );

  expect(await countOf(event)).toEqual([1, 1, 1, 1]);
});

test('the same event sent again after a restart is one event', async () => {
  const event = build();
  await create(event);

  await restart();
  await create(event);

  expect(await countOf(event)).toEqual([1, 1, 1, 1]);
});

test('the same event sent again with another start, an hour off, is one event', async () => {
  const event = build({ start_time: 1_760_000_000_000 });
  await create(event);

  await create({ ...event, start_time: 1_760_003_600_000 });
  await restart();
  await create({ ...event, start_time: 1_759_996_400_000 });

  expect(await countOf(event)).toEqual([1, 1, 1, 1]);
  expect(await read(event.event_id)).toMatchObject({ start_time: 1_760_000_000_000 });
});

test('a late retry of a create does not undo an update, before or after a restart', async () => {
  const event = build({ metadata: { stage: 'created' }, outputs: { draft: true } });
  const updated = { metadata: { stage: 'updated' }, outputs: { final: true } };
  await create(event);
  await api.ok('updateEvent', { body: { event_id: event.event_id, ...updated } });

  await create(event);
  const beforeRestart = await read(event.event_id);
  await restart();
  await create(event);
  await api.ok('createEventBatch', { body: { events: [event] } });
  const afterRestart = await read(event.event_id);

  for (const stored of [beforeRestart, afterRestart]) expect(stored).toMatchObject(updated);
  expect(afterRestart.outputs).toEqual({ final: true });
});

test('a late retry of a create does not undo a delete, before or after a restart', async () => {
  const event = build();
  await create(event);
  await api.ok('deleteEvent', { params: { event_id: event.event_id } });

  await api.refused('createEvent', 409, { body: { event } });
  await api.refused('getEvent', 404, { params: { event_id: event.event_id } });
  await restart();
  await api.refused('createEvent', 409, { body: { event } });
  await api.refused('getEvent', 404, { params: { event_id: event.event_id } });

  expect(await countOf(event)).toEqual([0, 0, 0, 0]);
});

test('200 concurrent updates of different keys of one event lose none', async () => {
  const event = build({ metadata: { own: true } });
  const keys = Array.from({ length: 200 }, (_each, index) => `key_${index}`);
  await create(event);

  await Promise.all(
    keys.map((name) =>
      api.ok('updateEvent', { body: { event_id: event.event_id, metadata: { [name]: name } } }),
    ),
  );
  const stored = await read(event.event_id);
  await restart();

  const expected = { own: true, ...Object.fromEntries(keys.map((name) => [name, name])) };
  expect(stored.metadata).toEqual(expected);
  expect((await read(event.event_id)).metadata).toEqual(expected);
});

test('updates that race with the create of their event are all there in the end', async () => {
  const event = build({ metadata: { own: true } });
  const keys = Array.from({ length: 50 }, (_each, index) => `key_${index}`);
  const update = (name: string) =>
    api.ok('updateEvent', { body: { event_id: event.event_id, metadata: { [name]: name } } });

  await Promise.all([
    ...keys.slice(0, 25).map(update),
    create(event),
    ...keys.slice(25).map(update),
  ]);

  expect(Object.keys((await read(event.event_id)).metadata).toSorted()).toEqual(
    ['own', ...keys].toSorted(),
  );
});

test('an update that is kept for an event survives a restart', async () => {
  const event = build();
  await api.ok('updateEvent', { body: { event_id: event.event_id, metrics: { score: 1 } } });

  await restart();
  await create(event);
  await restart();

  expect((await read(event.event_id)).metrics).toEqual({ score: 1 });
});

test('a session that is started many times at once is one session with all of the metadata', async () => {
  const session_id = randomUUID();
  const keys = Array.from({ length: 50 }, (_each, index) => `key_${index}`);

  await Promise.all(
    keys.map((name) => api.ok('startSession', { body: { session_id, metadata: { [name]: 1 } } })),
  );
  const page = await api.ok('exportEvents', {
    body: { filters: [{ field: 'session_id', operator: 'is', value: session_id }] },
  });

  expect(page.totalEvents).toBe(1);
  expect((await read(session_id)).metadata).toMatchObject(
    Object.fromEntries(keys.map((name) => [name, 1])),
  );
});
