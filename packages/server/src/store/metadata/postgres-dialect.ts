import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely';
import { systemClock } from '../../clock.ts';
import { createPostgresPool } from './postgres-pool.ts';
import type { PostgresOptions } from './postgres-pool.ts';
import type { Tables } from '../../tables.ts';

/** Any number that no other program uses as an advisory lock of the database. */
const migrationLock = 4_860_310_237;
const retryMs = 200;

/** Connects when the first statement is run. A list without values, which SQLite accepts, matches nothing. */
export const openPostgres = (options: PostgresOptions): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: createPostgresPool(options) }),
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });

/**
 * Runs `work` in a transaction while no other server does: the others wait.
 *
 * @param onWait called once if another server is at it
 */
export async function migrateAlone(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<void>,
  onWait: () => void,
): Promise<void> {
  const tryOnce = (): Promise<boolean> =>
    // Each statement sees what others committed before it, so also what the last holder of the lock did.
    db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        const { rows } = await sql<{ isFree: boolean }>`
        SELECT pg_try_advisory_xact_lock(${migrationLock}) AS "isFree"`.execute(transaction);
        if (rows[0]?.isFree !== true) return false;
        await sql`SET LOCAL statement_timeout = 0`.execute(transaction);
        await work(transaction);
        return true;
      });
  for (let run = 1; !(await tryOnce()); run += 1) {
    if (run === 1) onWait();
    await systemClock.sleep(retryMs);
  }
}

/**
 * The database keeps text in UTF-8: any other encoding lacks characters.
 *
 * @throws {Error} saying how to create one that does
 */
export async function requireUtf8(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`
    SELECT current_setting('server_encoding') AS encoding`.execute(db);
  const encoding = rows[0]?.encoding;
  if (encoding !== 'UTF8')
    throw new Error(
      `The PostgreSQL database has the encoding ${encoding}. Create one with CREATE DATABASE honeyhive ENCODING 'UTF8' TEMPLATE template0.`,
    );
}
