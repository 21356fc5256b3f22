import { startPostgres } from 'honeyhive-testkit';

/**
 * Starts PostgreSQL for tests of the metadata store and of the service, when `npm run test:postgres` says that they use
 * it; `HH_TEST_POSTGRES_URL` names one that is there. Workers find it by `TEST_POSTGRES_URL`.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env['TEST_METADATA'] !== 'postgres') return async () => undefined;
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return async () => undefined;
  const postgres = await startPostgres();
  process.env['TEST_POSTGRES_URL'] = postgres.url;
  return async () => {
    delete process.env['TEST_POSTGRES_URL'];
    await postgres.stop();
  };
}
