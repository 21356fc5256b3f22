import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { systemClock, systemRandom } from '../../clock.ts';
import { WriteConflict } from './postgres-faults.ts';

/** How often a transaction is run when it meets others. */
const maxRuns = 20;
const maxPauseMs = 20;

/**
 * Those that met others run one at a time. The lock is of a table that nothing else writes to, and not an advisory one:
 * waiting for it does not fix what the transaction sees.
 */
const takeTurn = sql`LOCK TABLE schema_migrations IN SHARE ROW EXCLUSIVE MODE`;

/**
 * Runs a transaction as if it were the only one: what it reads does not change until it ends. With SQLite it waits for
 * the others, with PostgreSQL it runs again when another one, of any server, changed what it read. Every write of more
 * than one row goes through here.
 *
 * @param work has no effects beside its statements, because it may run several times
 * @throws {StoreUnavailable} it met others each time
 */
export async function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let run = 1; ; run += 1) {
    try {
      return await db
        .transaction()
        .setIsolationLevel('serializable')
        .execute(async (transaction) => {
          if (run > 1) await takeTurn.execute(transaction);
          return work(transaction);
        });
    } catch (error) {
      if (!(error instanceof WriteConflict) || run === maxRuns) throw error;
    }
    await systemClock.sleep(maxPauseMs * systemRandom());
  }
}
