import { openTestDatabase, testStore } from 'honeyhive-testkit';
import { afterAll } from 'vitest';
import { parseClickHouseUrl } from '../events/engine/clickhouse-address.ts';
import type { ClickHouseTarget } from '../events/engine/clickhouse-address.ts';

/** A database for all tests of a file, in the projects of vitest that test remote stores; else null. */
export async function openTestTarget(): Promise<ClickHouseTarget | null> {
  if (testStore === 'embedded') return null;
  const database = await openTestDatabase();
  afterAll(() => database.stop());
  const address = parseClickHouseUrl(database.url);
  if (address === null) throw new Error('the address of the test server is invalid');
  return { ...address, caCert: null, cluster: null, insertQuorum: 0 };
}
