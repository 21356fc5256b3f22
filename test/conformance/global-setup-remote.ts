import { openTestDatabase } from 'honeyhive-testkit';
import type { TestProject } from 'vitest/node';
import { provideService } from './global-setup.ts';

/** The same for a service whose events are on a ClickHouse server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await openTestDatabase();
  const stop = await provideService(project, { HH_CLICKHOUSE_URL: database.url });
  return async () => {
    await stop();
    await database.stop();
  };
}
