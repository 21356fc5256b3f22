import {
  createPostgresDatabase,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startPostgres,
  startService,
} from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const key = `hh_${'k'.repeat(12)}_${'s'.repeat(32)}`;

/**
 * Starts ClickHouse and PostgreSQL, empty, for servers that share them, each with a separate data folder. No server is
 * started.
 *
 * @param serverCount servers that can be started
 */
export async function openSharedStores(serverCount: number) {
  const [clickHouse, postgres] = await Promise.all([startClickHouse(), startPostgres()]);
  const secrets = await makeDataDir();
  const HH_FIRST_KEY_FILE = join(secrets, 'first-key');
  await writeFile(HH_FIRST_KEY_FILE, key, { mode: 0o600 });
  const folders = await Promise.all(Array.from({ length: serverCount }, () => makeDataDir()));
  const env = {
    HH_LOG_LEVEL: 'warn',
    HH_FIRST_KEY_FILE,
    HH_POSTGRES_URL: await createPostgresDatabase(postgres.url),
    HH_CLICKHOUSE_URL: `${clickHouse.url}/shared`,
  };
  const servers: RunningService[] = [];
  return {
    clickHouse,
    postgres,
    folders,
    env,
    servers,
    /** Of the organisation; the first server of all makes it. */
    key,
    /** Starts a server, or starts it again in its folder; resolves when it is ready. */
    async start(index: number, port = 0): Promise<RunningService> {
      const server = await startService({ port, dataDir: folders[index] ?? '', env, key });
      servers[index] = server;
      return server;
    },
    async close(): Promise<void> {
      for (const server of servers) await server.stop();
      await Promise.all([clickHouse.stop(), postgres.stop()]);
      for (const folder of [secrets, ...folders]) await removeDataDir(folder);
    },
  };
}
