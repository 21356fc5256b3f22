import { call, createOperationCaller, startClickHouse, startService } from 'honeyhive-testkit';
import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { buildExport, buildSpan } from '../conformance/otlp/spans.ts';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { watchReadiness } from './readiness.ts';
import { collectRefusals } from './refusals.ts';
import { roundNumbers, rounds } from './rounds.ts';

const clickHouse = await startClickHouse();
const service = await startService({
  env: { HH_LOG_LEVEL: 'warn', HH_CLICKHOUSE_URL: `${clickHouse.url}/traces` },
});
const api = createOperationCaller(service);
afterAll(async () => {
  await service.stop();
  await clickHouse.stop();
});

test('events of REST and spans of OTLP are stored there, read from there, and not in the data folder', async () => {
  const project = 'remote';
  const session = await api.ok('startSession', {
    body: { session: { project, session_name: 'over HTTP' } },
  });
  await api.ok('createEvent', {
    body: {
      event: { project, session_id: session.session_id, event_type: 'tool', event_name: 'by REST' },
    },
  });
  const spans = buildExport([buildSpan({ 'honeyhive.project': project }, { name: 'by OTLP' })]);
  expect((await call(service, 'POST /v1/traces', { body: spans })).status).toBe(200);

  const { events } = await api.ok('exportEvents', { body: { project, limit: 10 } });
  const names = events.map((event) => event.event_name);

  expect(names).toEqual(expect.arrayContaining(['over HTTP', 'by REST', 'by OTLP']));
  expect(await readdir(service.dataDir)).not.toContain('events');
});

test.each(roundNumbers)(
  `kill -9 of the ClickHouse server under load loses and doubles nothing: round %i of ${rounds}`,
  async (round) => {
    const project = `away ${round}`;
    const ledger = openLedger();
    const refusals = collectRefusals();
    const readiness = watchReadiness(service);
    const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });
    await load.progress(50);
    await delay(randomInt(0, 300));

    await clickHouse.kill();
    await readiness.until(503);
    await refusals.next();
    const read = await call(service, 'POST /events/export', { body: { project, limit: 1 } });
    await clickHouse.restart();
    await readiness.until(200);
    await load.progress(50);
    load.stop();
    await load.ended;
    await readiness.stop();

    expect(read.status).toBe(503);
    expect(Number(read.headers['retry-after'])).toBeGreaterThan(0);
    expect(refusals.wrong()).toEqual([]);
    expect(load.counts.unanswered).toBe(0);
    expect(await findDifferences(api, project, ledger)).toEqual([]);
    expect(service.isRunning()).toBe(true);
    expect(service.output()).not.toContain(clickHouse.password);
  },
);
