import {
  call,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startService,
} from 'honeyhive-testkit';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildExport, buildSpan } from '../conformance/otlp/spans.ts';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { collectRefusals } from './refusals.ts';
import { roundNumbers, rounds } from './rounds.ts';
import { waitUntil } from './wait-until.ts';

const clickHouse = await startClickHouse();
const dataDir = await makeDataDir();
const spoolDir = join(await makeDataDir(), 'spool');
const env = {
  HH_LOG_LEVEL: 'warn',
  HH_CLICKHOUSE_URL: `${clickHouse.url}/traces`,
  HH_INGEST_SPOOL: spoolDir,
};
let service = await startService({ dataDir, env });
const { key } = service;
const api = () => createOperationCaller(service);
afterAll(async () => {
  await service.stop();
  await clickHouse.stop();
  await removeDataDir(dataDir);
});

const readSpool = async (): Promise<{ requests: number }> => {
  const { body } = await api().send('getReadiness');
  return (body as { spool: { requests: number } }).spool;
};
const isEmpty = async (): Promise<boolean> => (await readSpool()).requests === 0;
const session_id = 'session of the spool';

test('while the store is away, events, updates and spans are queued, and stored in their order when it is back', async () => {
  const project = 'away';
  const event = { project, session_id, event_type: 'model' as const, event_name: 'call' };
  await api().ok('createEvent', { body: { event: { ...event, event_id: 'before' } } });
  await clickHouse.kill();

  const created = await api().ok('createEvent', { body: { event: { ...event, event_id: 'a' } } });
  const batch = await api().ok('createEventBatch', {
    body: {
      events: [
        { ...event, event_id: 'b' },
        { ...event, event_id: 'c' },
      ],
    },
  });
  const updated = await api().ok('updateEvent', {
    query: { project },
    body: { event_id: 'before', metadata: { changed: 1 } },
  });
  await api().ok('updateEvent', {
    query: { project },
    body: { event_id: 'before', metadata: { changed: 2 } },
  });
  const spans = buildExport([buildSpan({ 'honeyhive.project': project }, { name: 'by OTLP' })]);
  const exported = await call(service, 'POST /v1/traces', { body: spans });
  const deleted = await api().send('deleteEvent', {
    params: { event_id: 'before' },
    query: { project },
  });
  const ready = await api().send('getReadiness');
  const read = await api().send('exportEvents', { body: { project, limit: 10 } });
  const metrics = await call(service, 'GET /metrics');

  expect([created.queued, batch.queued, updated.queued]).toEqual([true, true, true]);
  expect(batch).toMatchObject({ event_ids: ['b', 'c'], created_count: 2 });
  expect(exported.status).toBe(200);
  expect([deleted.status, read.status, ready.status]).toEqual([503, 503, 200]);
  expect(ready.body).toMatchObject({ store: { ok: false }, spool: { requests: 5 } });
  expect(metrics.text).toMatch(/^honeyhive_spool_requests 5$/m);

  await clickHouse.restart();
  await waitUntil(isEmpty, () => 'the spool is not empty');

  const { events } = await api().ok('exportEvents', { body: { project, limit: 10 } });
  const names = events.map(({ event_id, event_name }) =>
    event_name === 'call' ? event_id : event_name,
  );
  expect(names.filter((name) => name !== session_id)).toEqual(
    expect.arrayContaining(['before', 'a', 'b', 'c', 'by OTLP']),
  );
  expect(events.find(({ event_id }) => event_id === 'before')?.metadata).toMatchObject({
    changed: 2,
  });
  expect((await readdir(spoolDir)).filter((name) => name.endsWith('.json'))).toEqual([]);
});

test.each(roundNumbers)(
  `kill -9 of the ClickHouse server, and then of the service, under load loses and doubles nothing: round %i of ${rounds}`,
  async (round) => {
    const project = `queued ${round}`;
    const ledger = openLedger();
    const refusals = collectRefusals();
    const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });
    await load.progress(50);

    await clickHouse.kill();
    await load.progress(100);
    const waiting = await readSpool();
    await service.kill();
    load.stop();
    await load.ended;
    await clickHouse.restart();
    service = await startService({ dataDir, env, key });
    await waitUntil(isEmpty, () => 'the spool is not empty');

    expect(waiting.requests).toBeGreaterThan(0);
    expect(refusals.wrong()).toEqual([]);
    expect(await findDifferences(api(), project, ledger)).toEqual([]);
  },
);
