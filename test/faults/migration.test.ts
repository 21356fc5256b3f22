import {
  createKey,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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

const oldSchema = join(import.meta.dirname, 'old-schema.mjs');

/** What every event of an older version is after the upgrade: [event, session, version that its metadata tells]. */
const upgraded = Array.from({ length: 1200 }, (_each, number) => [
  `event ${number}`,
  `session ${number % 10}`,
  number >= 200 && number < 600 ? 2 : 1,
]);

test.each(roundNumbers)(
  `kill -9 while the data of an older version is brought up to date: round %i of ${rounds}`,
  async (round) => {
    const dataDir = await makeDataDir();
    const first = await startService({ dataDir, env });
    const { key } = first;
    const projects = await createOperationCaller(first).ok('listProjects');
    const id = Array.isArray(projects) ? projects[0]?.id : undefined;
    await first.kill('SIGKILL');
    await rm(join(dataDir, 'events'), { recursive: true });
    const place = String(round - 1);
    execFileSync(process.execPath, [oldSchema, dataDir, String(id), place]);
    await killStarts(dataDir, 2);

    const service = await startService({ dataDir, key, env });
    const api = createOperationCaller(service);
    const pages = await Promise.all(
      [1, 2].map((page) =>
        api.ok('exportEvents', { body: { project: 'default', limit: 1000, page } }),
      ),
    );
    const sessions = await Promise.all(
      ['session 0', 'session 9'].map((value) =>
        api.ok('exportEvents', {
          body: { project: 'default', filters: [{ field: 'session_id', operator: 'is', value }] },
        }),
      ),
    );
    await service.stop();
    await removeDataDir(dataDir);

    const found = pages
      .flatMap(({ events }) => events)
      .map(({ event_id, session_id, metadata }) => [
        event_id,
        session_id,
        (metadata as { version?: number }).version,
      ]);
    expect(pages.map(({ totalEvents }) => totalEvents)).toEqual([1200, 1200]);
    expect(new Set(found.map(String))).toEqual(new Set(upgraded.map(String)));
    expect(sessions.map(({ totalEvents }) => totalEvents)).toEqual([120, 120]);
  },
);
