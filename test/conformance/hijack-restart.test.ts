import {
  buildEvent,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { expect, onTestFinished, test } from 'vitest';

const read = async (api: OperationCaller, event_id: string, project: string) =>
  (await api.ok('getEvent', { params: { event_id }, query: { project } })).event;

test('who wrote an id is known after a restart', async () => {
  const dataDir = await makeDataDir();
  let service = await startService({ dataDir });
  const { key } = service;
  onTestFinished(async () => {
    await service.stop();
    await removeDataDir(dataDir);
  });
  const connect = () => createOperationCaller({ url: service.url, key });
  const owner = connect();
  const { id } = await owner.ok('createProject', { body: { name: 'attacker' } });
  const { api_key } = await owner.ok('createKey', {
    body: { name: 'full', access: 'full', project: id },
  });
  const [own, foreign] = [
    { session_id: 'own', event_id: 'of own' },
    { session_id: 'foreign', event_id: 'of both' },
  ];
  const plant = async (ids: { readonly session_id: string; readonly event_id: string }) => {
    const api = createOperationCaller({ url: service.url, key: api_key });
    await api.ok('createEvent', { body: { event: buildEvent({ ...ids }) } });
  };
  await plant(own);
  await plant(foreign);
  await owner.ok('startSession', {
    body: { session: { session_id: own.session_id, project: 'shop' } },
  });
  await owner.ok('createEvent', {
    body: { event: buildEvent({ ...own, event_id: foreign.event_id }) },
  });
  await service.kill('SIGKILL');
  service = await startService({ dataDir, key });

  const after = connect();
  const late = { session_id: own.session_id, event_id: 'late' };
  await after.ok('createEvent', { body: { event: buildEvent(late) } });
  const unknown = { session_id: foreign.session_id, event_id: 'of nobody' };
  await after.ok('createEvent', { body: { event: buildEvent(unknown) } });
  await after.ok('updateEvent', { body: { event_id: foreign.event_id, outputs: { a: 1 } } });

  expect(await read(after, 'late', 'shop')).toMatchObject({ project: 'shop' });
  expect(await read(after, 'of nobody', 'default')).toMatchObject({ project: 'default' });
  expect((await read(after, foreign.event_id, 'attacker')).outputs).toEqual({});
  expect((await read(after, foreign.event_id, 'shop')).outputs).toEqual({ a: 1 });
});
