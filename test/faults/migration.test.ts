import {
  createKey,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { runEngineSql } from './engine-sql.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { roundNumbers, rounds } from './rounds.ts';

const env = { HH_LOG_LEVEL: 'warn' };

/** Starts the service so often, and kills it each time before it is ready, or just when it is. */
async function killStarts(dataDir: string, count: number): Promise<void> {
  for (let attempt = 0; attempt < count; attempt += 1) {
    const starting = startService({
      dataDir,
      key: 'none',
      env,
      readyWithinMs: randomInt(100, 1200),
    });
    await starting.then((started) => started.kill()).catch(() => undefined);
  }
}

/** As a process leaves it that dies in the last step of the schema. */
const forgetLastMigration = `ALTER TABLE honeyhive.schema_migrations DELETE
  WHERE id = (SELECT max(id) FROM honeyhive.schema_migrations) SETTINGS mutations_sync = 2`;

test.each(roundNumbers)(
  `kill -9 while the schema is made, and made again over data: round %i of ${rounds}`,
  async () => {
    const dataDir = await makeDataDir();
    const project = 'default';
    await killStarts(dataDir, 3);
    // The first start's own key was printed by one of those that were killed.
    let service = await startService({ dataDir, key: 'none', env });
    const { key } = await createKey(dataDir, { project });
    const ledger = openLedger();
    const load = startLoad({ target: { url: service.url, key }, project, ledger });
    await load.progress(50);
    load.stop();
    await load.ended;
    await service.kill('SIGKILL');
    runEngineSql(dataDir, forgetLastMigration);
    await killStarts(dataDir, 2);

    service = await startService({ dataDir, key, env });
    const differences = await findDifferences(createOperationCaller(service), project, ledger);
    await service.stop();
    await removeDataDir(dataDir);

    expect(ledger.acknowledged.size).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  },
);
