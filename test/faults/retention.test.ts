import { createOperationCaller, makeDataDir, removeDataDir, startService } from 'honeyhive-testkit';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { makeFakeClock } from './fake-clock.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { roundNumbers, rounds } from './rounds.ts';

const daySeconds = 86_400;
const clock = await makeFakeClock();
const env = { HH_LOG_LEVEL: 'info', HH_RETENTION_INTERVAL_MS: '1000', ...clock.env };
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
  await clock.release();
});

/** Events of a project that are there. */
async function countEvents(project: string): Promise<number> {
  const { totalEvents } = await createOperationCaller(service).ok('exportEvents', {
    body: { project, limit: 1 },
  });
  return totalEvents;
}

/** A load until it has come somewhere. */
async function send(project: string) {
  const ledger = openLedger();
  const load = startLoad({ target: service, project, ledger });
  await load.progress(50);
  load.stop();
  await load.ended;
  return ledger;
}

async function waitUntilExpired(project: string, left: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  while ((await countEvents(project)) > left) {
    if (Date.now() > deadline) throw new Error(`${project} still has its expired events`);
    await delay(50);
  }
}

test.each(roundNumbers)(
  `kill -9 while sessions expire: they go, everything else stays: round %i of ${rounds}`,
  async (round) => {
    const [expiring, kept] = [`expiring ${round}`, `kept ${round}`];
    clock.shift(-40 * daySeconds);
    await send(expiring);
    const keptBefore = await send(kept);
    clock.shift(0);
    const api = createOperationCaller(service);
    const ledger = openLedger();
    const load = startLoad({ target: service, project: expiring, ledger });
    await load.progress(20);
    await api.ok('updateProjectSettings', {
      params: { project_id: expiring },
      body: { retention_days: 30 },
    });
    await delay(randomInt(0, 1500));
    await service.kill('SIGKILL');
    await load.ended;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      // The first look is at the start: killed in the middle of it, or a little before or after.
      const starting = startService({ dataDir, key, env, readyWithinMs: randomInt(300, 1500) });
      await starting.then((started) => started.kill()).catch(() => undefined);
    }

    service = await startService({ dataDir, key, env });
    const restarted = createOperationCaller(service);
    const roots = new Set([...ledger.sent.values()].map(({ session_id }) => session_id));
    await waitUntilExpired(expiring, ledger.sent.size + roots.size);

    expect(ledger.acknowledged.size).toBeGreaterThan(0);
    expect(await findDifferences(restarted, expiring, ledger)).toEqual([]);
    expect(await findDifferences(restarted, kept, keptBefore)).toEqual([]);
  },
);

test('expired sessions are reported in the log and the metrics, and a late event starts a new session', async () => {
  const project = 'expired';
  clock.shift(-40 * daySeconds);
  const before = await send(project);
  const [event] = before.sent.values();
  clock.shift(0);
  const api = createOperationCaller(service);

  await api.ok('updateProjectSettings', {
    params: { project_id: project },
    body: { retention_days: 39 },
  });
  await waitUntilExpired(project, 0);
  await api.ok('createEvent', {
    body: { event: { event_type: 'tool', project, session_id: event?.session_id } },
  });
  const session = await api.ok('getSession', {
    params: { session_id: event?.session_id ?? '' },
    query: { project },
  });
  const metrics = await (await fetch(`${service.url}/metrics`)).text();

  expect(session.event_count).toBe(1);
  expect(
    Number(/^honeyhive_retention_sessions_total (\d+)$/m.exec(metrics)?.[1]),
  ).toBeGreaterThanOrEqual(5);
  expect(metrics).toContain('honeyhive_retention_failures_total 0');
  expect(service.output()).toContain('expired sessions deleted');
});

test('payloads expire before their events: usage stays, and neither an update nor a retry brings anything back', async () => {
  const project = 'emptied';
  const event = {
    event_type: 'model',
    event_id: randomUUID(),
    session_id: randomUUID(),
    project,
    inputs: { question: 'Where is the heliotrope?' },
    outputs: { model: 'house-1', usage: { prompt_tokens: 7, completion_tokens: 5 } },
  };
  clock.shift(-40 * daySeconds);
  const api = createOperationCaller(service);
  await api.ok('createEvent', { body: { event } });
  clock.shift(0);
  const params = { event_id: event.event_id, part: 'inputs' };
  const before = await api.send('exploreEventPart', { params, query: { project } });

  await api.ok('updateProjectSettings', {
    params: { project_id: project },
    body: { payload_retention_days: 39 },
  });
  const read = () => api.ok('exploreEvent', { params, query: { project } });
  const deadline = Date.now() + 60_000;
  while (!(await read()).emptied && Date.now() < deadline) await delay(50);
  await api.ok('updateEvent', {
    body: { event_id: event.event_id, project, feedback: { rating: 5 } },
  });
  await api.ok('createEvent', { body: { event } });

  const { rows } = await api.ok('exploreRows', { body: { project, scope: 'events' } });
  expect((await read()).event).toMatchObject({ inputs: {}, outputs: {}, feedback: { rating: 5 } });
  expect(rows.find(({ event_id }) => event_id === event.event_id)).toMatchObject({
    input_preview: { text: '', bytes: 0 },
    model: 'house-1',
    total_tokens: 12,
  });
  expect(before.body).toMatchObject(event.inputs);
  expect(
    await api.ok('exploreRows', { body: { project, scope: 'events', text: 'heliotrope' } }),
  ).toMatchObject({ rows: [] });
  expect(service.output()).toContain('expired payloads deleted');
});
