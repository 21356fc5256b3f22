import { readdir } from 'node:fs/promises';
import {
  createOperationCaller,
  createPostgresDatabase,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startPostgres,
  startService,
} from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';

const [clickHouse, postgres] = await Promise.all([startClickHouse(), startPostgres()]);
const folders = [await makeDataDir(), await makeDataDir()] as const;
afterAll(async () => {
  await Promise.all([clickHouse.stop(), postgres.stop()]);
  for (const folder of folders) await removeDataDir(folder);
});

test('with ClickHouse and PostgreSQL a server with an empty data folder continues where a killed one ended', async () => {
  const env = {
    HH_CLICKHOUSE_URL: `${clickHouse.url}/both`,
    HH_POSTGRES_URL: await createPostgresDatabase(postgres.url),
  };
  const first = await startService({ dataDir: folders[0], env });
  const project = 'moved';
  const ledger = openLedger();
  const load = startLoad({ target: first, project, ledger });
  await load.progress(50);
  await first.kill('SIGKILL');
  await load.ended;

  const second = await startService({ dataDir: folders[1], env, key: first.key });
  const api = createOperationCaller(second);
  const differences = await findDifferences(api, project, ledger);
  const names = (await readdir(folders[1])).toSorted();
  await second.stop();

  expect(differences).toEqual([]);
  for (const name of ['events', 'metadata.db']) expect(names).not.toContain(name);
});
