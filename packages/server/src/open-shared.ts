import type { FailureLimit } from './auth/failure-limit.ts';
import { createStoredFailureLimit } from './auth/failure-table.ts';
import { createStoredSignInCodes } from './auth/sign-in-code-table.ts';
import type { SignInCodes } from './auth/sign-in-codes.ts';
import type { WriteTurns } from './ingest/write-turns.ts';
import { createTurnLocks } from './store/metadata/turn-locks.ts';
import { createStoredWriteTurns } from './state/stored-write-turns.ts';
import { systemClock } from './clock.ts';
import { migrate } from './store/migration.ts';
import { createLeaseStore } from './store/metadata/lease-table.ts';
import type { LeaseStore } from './store/metadata/lease-table.ts';
import { createMetadataLedger } from './store/metadata/migrations.ts';
import { migrateAlone, openPostgres, requireUtf8 } from './store/metadata/postgres-dialect.ts';
import { toPostgres } from './store/metadata/postgres-schema.ts';
import { sharedMigrations } from './store/metadata/shared-migrations.ts';

/** What servers agree on in a database. */
export interface SharedDatabase {
  readonly leases: LeaseStore;
  readonly signInFailures: FailureLimit;
  readonly signInCodes: SignInCodes;
  readonly writeTurns: WriteTurns;
  close(): Promise<void>;
}

/** Two: a slow statement does not hold up the renewal of a lease. */
const maxConnections = 2;

/** For the turns of the committer, of which there is one at a time. */
const turnConnections = 1;

/**
 * Opens it on separate connections, which no request waits for.
 *
 * @param onWait called once if another server changes the schema, and this one waits
 * @throws {NewerSchemaError} a newer version made it
 */
export async function openSharedDatabase(url: string, onWait: () => void): Promise<SharedDatabase> {
  const db = openPostgres({ url, maxConnections });
  const turns = openPostgres({ url, maxConnections: turnConnections });
  try {
    await requireUtf8(db);
    await migrateAlone(
      db,
      (transaction) =>
        migrate(
          sharedMigrations,
          createMetadataLedger(transaction, {
            now: systemClock.now,
            translate: toPostgres,
            table: 'shared_migrations',
          }),
        ),
      onWait,
    );
    return {
      leases: createLeaseStore(db),
      signInFailures: createStoredFailureLimit(db),
      signInCodes: createStoredSignInCodes(db),
      writeTurns: createStoredWriteTurns(createTurnLocks(turns)),
      close: async () => {
        await turns.destroy();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
