import {
  buildEvent,
  call,
  createOperationCaller,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import { afterAll, afterEach, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { watchReadiness } from './readiness.ts';
import { collectRefusals } from './refusals.ts';
import { roundNumbers, rounds } from './rounds.ts';
import { makeSmallDisk } from './small-disk.ts';

const env = { HH_LOG_LEVEL: 'error' };
const disk = await makeSmallDisk();
let service = await startService({ dataDir: disk.path, env });
const { key } = service;
// A round that fails halfway must not be what the next ones begin with.
afterEach(() => disk.empty());
afterAll(async () => {
  await service.kill();
  await disk.release();
});

test.each(roundNumbers)(
  `a disk that runs full loses nothing that was acknowledged: round %i of ${rounds}`,
  async (round) => {
    const project = `full ${round}`;
    const ledger = openLedger();
    const refusals = collectRefusals();
    const readiness = watchReadiness(service);
    const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });
    await load.progress(100);
    const statusesBefore = [...(await readiness.take(3)), ...readiness.statuses];

    disk.fill();
    await readiness.until(503);
    const statusesWhileFull = await readiness.take(5);
    await refusals.next();
    const { events } = await createOperationCaller(service).ok('exportEvents', {
      body: { project, limit: 10 },
    });
    const countWhileFull = refusals.count();
    disk.empty();
    await readiness.until(200);
    const countAfter = ledger.acknowledged.size;
    await load.progress(100);
    load.stop();
    await load.ended;
    await readiness.stop();

    expect(new Set(statusesBefore)).toEqual(new Set([200]));
    expect(new Set(statusesWhileFull)).toEqual(new Set([503]));
    expect(readiness.statuses.at(-1)).toBe(200);
    expect(events.length).toBeGreaterThan(0);
    expect(countWhileFull).toBeGreaterThan(0);
    expect(refusals.wrong()).toEqual([]);
    expect(load.counts.unanswered).toBe(0);
    expect(ledger.acknowledged.size).toBeGreaterThan(countAfter);
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);

    await service.kill('SIGKILL');
    service = await startService({ dataDir: disk.path, key, env });
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
  },
);

test('a service that starts on a full disk reads, says that it cannot write, and writes when there is room', async () => {
  const project = 'started when full';
  const ledger = openLedger();
  const refusals = collectRefusals();
  const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });
  await load.progress(100);
  disk.fill();
  await refusals.next();
  await service.kill('SIGKILL');
  await load.ended;

  const { url } = (service = await startService({ dataDir: disk.path, key, env, isReady: false }));
  const whileFull = await call({ url }, 'GET /ready');
  const refused = await call(service, 'POST /events', { body: { event: buildEvent({ project }) } });
  const found = await findDifferences(createOperationCaller(service), project, ledger);
  disk.empty();
  await watchReadiness(service).until(200);
  const stored = await call(service, 'POST /events', { body: { event: buildEvent() } });

  expect(whileFull).toMatchObject({
    status: 503,
    body: { status: 'not_ready', store: { ok: false } },
  });
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(found).toEqual([]);
  expect(stored.status).toBe(200);
});

test('a new data folder on a full disk is refused with what to do', async () => {
  disk.fill();
  const { exitCode, output } = await runCommand(['serve'], {
    env: { HH_DATA_DIR: `${disk.path}-new`, HH_PORT: '0' },
  });
  disk.empty();

  expect(output).toMatch(/the disk of the data folder .* is full/);
  expect(output).toContain('Free some room');
  expect(output).not.toMatch(/^\s+at .*\(/m);
  expect(exitCode).toBe(1);
});
