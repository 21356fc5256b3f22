import { createOperationCaller, makeDataDir, removeDataDir, startService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { runEngineSql } from './engine-sql.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { watchReadiness } from './readiness.ts';
import { collectRefusals } from './refusals.ts';
import { roundNumbers, rounds } from './rounds.ts';

const env = { HH_LOG_LEVEL: 'error' };
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
});

/** Changes the table while nobody has it open. */
async function alterEvents(change: string): Promise<void> {
  await service.kill('SIGTERM');
  runEngineSql(dataDir, `ALTER TABLE honeyhive.events ${change}`);
  service = await startService({ dataDir, key, env, isReady: false });
}

/** Half a second out of each the engine takes no row: the time stands in every row. */
await alterEvents('ADD CONSTRAINT fault CHECK intDiv(updated_at, 500) % 2 = 0');

test.each(roundNumbers)(
  `an engine that refuses rows, and takes them again: round %i of ${rounds}`,
  async (round) => {
    const project = `refused ${round}`;
    const ledger = openLedger();
    const refusals = collectRefusals();
    const readiness = watchReadiness(service);
    const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });

    await readiness.until(503);
    await readiness.until(200);
    await readiness.until(503);
    await readiness.until(200);
    load.stop();
    await load.ended;
    await readiness.stop();
    const differences = await findDifferences(createOperationCaller(service), project, ledger);

    expect(ledger.acknowledged.size).toBeGreaterThan(0);
    expect(refusals.count()).toBeGreaterThan(0);
    expect(refusals.wrong()).toEqual([]);
    expect(load.counts.unanswered).toBe(0);
    expect(differences).toEqual([]);

    await service.kill('SIGKILL');
    service = await startService({ dataDir, key, env, isReady: false });
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
  },
);
