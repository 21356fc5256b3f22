import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Locks of one turn at most: PostgreSQL has room for 6,400 of all, unless `max_locks_per_transaction` says more. */
const maxLocks = 1_000;
/** How long a turn waits for others, milliseconds. */
const maxWaitMs = 5_000;
/** First key of the lock that all turns share, and that a turn with too many ids has alone. */
const everything = 4_860_310;

/** 64 bits of an id, as PostgreSQL writes them. Ids that share them wait for each other, which does no harm. */
const toKey = (id: string): string => hash('sha256', id, 'buffer').readBigInt64BE(0).toString();

/** What a turn has. */
export interface LockedTurn {
  /** Of a sequence, taken after the locks: turns that have an id in common are in the order of their numbers. */
  readonly number: number;
  /** Whether no other turn takes place, so that it has all ids. */
  readonly isAlone: boolean;
}

/** Turns of servers that share a database, by the ids that each is about. */
export interface TurnLocks {
  /** @throws {StoreUnavailable} others took too long, or the locks were lost before the work ended */
  run<Result>(ids: readonly string[], work: (turn: LockedTurn) => Promise<Result>): Promise<Result>;
}

/** Locks of a transaction that is open while the work is done: when it commits, they were held all the time. */
export const createTurnLocks = (db: Kysely<Tables>): TurnLocks => ({
  run: (ids, work) =>
    db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        const keys = [...new Set(ids.map(toKey))];
        await lock(transaction, keys);
        return work({ number: await nextNumber(transaction), isAlone: keys.length > maxLocks });
      }),
});

/** In one order, so that no two turns wait for each other. */
async function lock(transaction: Transaction<Tables>, keys: readonly string[]): Promise<void> {
  await sql`SELECT set_config('lock_timeout', ${String(maxWaitMs)}, true)`.execute(transaction);
  if (keys.length > maxLocks) {
    await sql`SELECT pg_advisory_xact_lock(${everything}, 0)`.execute(transaction);
    return;
  }
  await sql`SELECT pg_advisory_xact_lock_shared(${everything}, 0)`.execute(transaction);
  if (keys.length === 0) return;
  const list = `{${keys.toSorted().join(',')}}`;
  await sql`SELECT count(pg_advisory_xact_lock(key)) FROM (
    SELECT key FROM unnest(${list}::bigint[]) AS key ORDER BY key
  ) AS keys`.execute(transaction);
}

/** After the locks: the order of turns with the same ids is that of their numbers. */
async function nextNumber(transaction: Transaction<Tables>): Promise<number> {
  const { rows } = await sql<{ number: number }>`SELECT nextval('write_turns') AS number`.execute(
    transaction,
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error('a sequence without a number');
  return number;
}
