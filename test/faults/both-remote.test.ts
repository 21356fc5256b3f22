import { readdir } from 'node:fs/promises';
import { createOperationCaller, startService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { openSharedStores } from '../support/shared-stores.ts';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';

const stores = await openSharedStores(2);
afterAll(() => stores.close());

test('with ClickHouse and PostgreSQL a server with an empty data folder continues where a killed one ended', async () => {
  const project = 'moved';
  const ledger = openLedger();
  const first = await stores.start(0);
  const load = startLoad({ target: first, project, ledger });
  await load.progress(50);
  await first.kill('SIGKILL');
  await load.ended;

  const second = await stores.start(1);
  const differences = await findDifferences(createOperationCaller(second), project, ledger);
  const names = await readdir(stores.folders[1] ?? '');

  expect(differences).toEqual([]);
  for (const name of ['events', 'metadata.db']) expect(names).not.toContain(name);
});

test('with several ClickHouse hosts, of which one may not have what another has stored, one server uses both stores', async () => {
  const { host } = new URL(stores.clickHouse.url);
  const HH_CLICKHOUSE_URL = stores.env.HH_CLICKHOUSE_URL.replace(host, `${host},${host}`);
  const { folders, key } = stores;
  const env = { ...stores.env, HH_CLICKHOUSE_URL };
  for (const server of stores.servers) await server.stop();
  const first = await startService({ dataDir: folders[0] ?? '', env, key });

  const second = startService({ dataDir: folders[1] ?? '', env, key });

  await expect(second).rejects.toThrow(`process ${first.pid}`);
  await first.stop();
});
