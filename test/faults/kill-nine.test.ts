import {
  call,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { roundNumbers, rounds } from './rounds.ts';

const env = { HH_LOG_LEVEL: 'warn' };

const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
});

test.each(roundNumbers)(
  `kill -9 under load loses and doubles nothing: round %i of ${rounds}`,
  async (round) => {
    const project = `round ${round}`;
    const ledger = openLedger();
    const load = startLoad({ target: service, project, ledger });

    await load.progress(20);
    await delay(randomInt(0, 600));
    await service.kill('SIGKILL');
    await load.ended;
    service = await startService({ dataDir, key, env });
    const api = createOperationCaller(service);
    const afterKill = await findDifferences(api, project, ledger);

    // What a client does that was not answered: it sends everything again.
    const all = [...ledger.sent.values()];
    for (let start = 0; start < all.length; start += 500) {
      const events = all.slice(start, start + 500);
      await api.ok('createEventBatch', { body: { project, events } });
      for (const { event_id } of events) ledger.noteAcknowledged(event_id);
    }
    const afterRetry = await findDifferences(api, project, ledger);

    expect(ledger.acknowledged.size).toBeGreaterThan(0);
    expect(afterKill).toEqual([]);
    expect(afterRetry).toEqual([]);
  },
);

test('a service that was killed while it started comes up with everything', async () => {
  const project = 'killed at start';
  const ledger = openLedger();
  const load = startLoad({ target: service, project, ledger });
  await load.progress(50);
  load.stop();
  await load.ended;
  await service.kill('SIGKILL');

  for (let attempt = 0; attempt < 3; attempt += 1) {
    const starting = startService({ dataDir, key, env, readyWithinMs: 50 + 150 * attempt });
    await starting.then((started) => started.kill()).catch(() => undefined);
  }
  service = await startService({ dataDir, key, env });

  expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
  expect((await call(service, 'GET /ready')).status).toBe(200);
});
