import { randomUUID } from 'node:crypto';
import { startClickHouse } from './clickhouse-server.ts';

/** Where tests keep events: `remote` in the projects of vitest that say so. */
export const testStore = process.env['TEST_STORE'] === 'remote' ? 'remote' : 'embedded';

/** A database on a ClickHouse server, for tests. */
export interface TestDatabase {
  /** As `HH_CLICKHOUSE_URL` takes it. */
  readonly url: string;
  /** Ends the server when it was started for this. */
  stop(): Promise<void>;
}

/**
 * An empty database: on the server of `TEST_CLICKHOUSE_URL` if there is one, or else on a new process. On the server it
 * stays there when the tests are done.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const database = `honeyhive_test_${randomUUID().replaceAll('-', '')}`;
  const given = process.env['TEST_CLICKHOUSE_URL'];
  if (given !== undefined)
    return { url: `${given.replace(/\/$/, '')}/${database}`, stop: async () => undefined };
  const server = await startClickHouse();
  return { url: `${server.url}/${database}`, stop: () => server.stop() };
}
