import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { WriteTurns } from '../ingest/write-turns.ts';
import type { Tables } from '../tables.ts';

/** Locks of one turn at most: PostgreSQL has room for 6,400 of all, unless `max_locks_per_transaction` says more. */
const maxLocks = 1_000;
/** How long a turn waits for others, milliseconds. */
const maxWaitMs = 5_000;
/** First key of the lock that all turns share, and that a turn with too many ids has alone. */
const everything = 4_860_310;

/** 64 bits of an id, as PostgreSQL writes them. Ids that share them wait for each other, which does no harm. */
const toKey = (id: string): string => hash('sha256', id, 'buffer').readBigInt64BE(0).toString();

/**
 * Turns of servers that share a database: locks of a transaction that is open while the work is done. When it commits,
 * the locks were held all the time; when it does not, another server may have had them, and the work counts as not
 * done. Its numbers tell the store what is newer ([ADR 38](../../../../docs/adr/0038-several-servers.md)).
 */
export const createStoredWriteTurns = (db: Kysely<Tables>): WriteTurns => ({
  isShared: true,
  run: (ids, work) =>
    db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        await lock(transaction, [...new Set(ids.map(toKey))]);
        const held = ids.length > maxLocks ? null : new Set(ids);
        return work({
          number: await nextNumber(transaction),
          missing: (wanted) =>
            held === null ? [] : [...new Set(wanted)].filter((id) => !held.has(id)),
        });
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
