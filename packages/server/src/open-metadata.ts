import { Kysely } from 'kysely';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import { migrate } from './store/migration.ts';
import { createAlertStore } from './alerts/alert-table.ts';
import { createAuditStore } from './audit/audit-table.ts';
import { createDeliveryStore } from './deliveries/delivery-table.ts';
import { createDestinationStore } from './destinations/destination-table.ts';
import { createHeldPatchStore } from './held-updates/held-patch-table.ts';
import { createKeyUseStore } from './keys/key-use-table.ts';
import { createKeyStore } from './keys/key-table.ts';
import { createMetadataLedger, metadataMigrations } from './store/metadata/migrations.ts';
import { createRecordStore } from './metadata-records.ts';
import { openOrganisationStore } from './projects/organisation-table.ts';
import { createProjectStore } from './projects/project-table.ts';
import { createSettingsStore } from './settings/settings-table.ts';
import { createSignInStore } from './auth/sign-in-table.ts';
import type { PostgresOptions } from './store/metadata/postgres-pool.ts';
import { toPostgres } from './store/metadata/postgres-schema.ts';
import { openSqlite } from './store/metadata/sqlite-dialect.ts';
import type { Tables } from './tables.ts';
import { createViewStore } from './views/view-table.ts';

/**
 * Everything but events. A part of the service takes the port of its noun; only what opens, copies and closes takes
 * all.
 */
export type MetadataStore = Awaited<ReturnType<typeof openMetadataStore>>;

export interface MetadataStoreOptions {
  /** Whether a write is on the disk, and not only in the system's cache, when it resolves. @default false */
  readonly syncsWrites?: boolean;
  /** Most projects; more that are there already stay. @default unlimited */
  readonly maxProjects?: number;
  /** The database to use instead of `metadata.db`. @default none */
  readonly postgres?: PostgresPlace | null;
}

/** A database, and what to do while another server changes its schema. */
export interface PostgresPlace extends PostgresOptions {
  readonly onWait: () => void;
}

/** How long counts of held updates are cached that other servers change, too. */
const sharedTotalsMs = 1_000;

/**
 * Opens the store of projects, keys, settings and held patches, `metadata.db` in the data folder or a database of
 * PostgreSQL, and brings its schema up to date. Other processes may use it at the same time: what one wrote, the next
 * read of another sees.
 *
 * @throws {NewerSchemaError} the store was written by a newer version
 */
export async function openMetadataStore(dataDir: string, options: MetadataStoreOptions = {}) {
  const { postgres = null, maxProjects = Infinity } = options;
  const { db, migrate: migrateAll } =
    postgres === null ? await openFile(dataDir, options) : await openDatabase(postgres);
  try {
    await migrateAll();
    const totalsMs = postgres === null ? Infinity : sharedTotalsMs;
    return await createStores(db, { maxProjects, totalsMs });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** A store whose schema may be old. */
interface OpenedTables {
  readonly db: Kysely<Tables>;
  readonly migrate: () => Promise<void>;
}

async function openFile(
  dataDir: string,
  { syncsWrites = false }: MetadataStoreOptions,
): Promise<OpenedTables> {
  const path = join(dataDir, 'metadata.db');
  const dialect = await openSqlite(path, { clock: systemClock, syncsWrites });
  const db = new Kysely<Tables>({ dialect });
  const migrateFile = (): Promise<void> =>
    // One transaction: of two processes that open a new folder at once, one makes the schema.
    db
      .transaction()
      .execute((transaction) =>
        migrate(metadataMigrations, createMetadataLedger(transaction, systemClock)),
      );
  return { db, migrate: migrateFile };
}

async function openDatabase(place: PostgresPlace): Promise<OpenedTables> {
  // Without a database, the library is not loaded.
  const { migrateAlone, openPostgres, requireUtf8 } =
    await import('./store/metadata/postgres-dialect.ts');
  const db = openPostgres(place);
  return {
    db,
    async migrate() {
      await requireUtf8(db);
      await migrateAlone(
        db,
        (transaction) =>
          migrate(
            metadataMigrations,
            createMetadataLedger(transaction, { now: systemClock.now, translate: toPostgres }),
          ),
        place.onWait,
      );
    },
  };
}

async function createStores(
  db: Kysely<Tables>,
  { maxProjects, totalsMs }: { readonly maxProjects: number; readonly totalsMs: number },
) {
  const { clearTotals, ...heldPatches } = createHeldPatchStore(db, totalsMs);
  const projects = createProjectStore(db, maxProjects);
  return {
    ...(await openOrganisationStore(db)),
    ...projects,
    async deleteProject(id: string) {
      const isDeleted = await projects.deleteProject(id);
      clearTotals();
      return isDeleted;
    },
    ...createKeyStore(db),
    ...createKeyUseStore(db),
    ...createAuditStore(db),
    ...createSignInStore(db),
    ...createSettingsStore(db),
    ...createViewStore(db),
    ...createDestinationStore(db),
    ...createDeliveryStore(db),
    ...createAlertStore(db),
    ...heldPatches,
    ...createRecordStore(db),
    /** Resolves when the store answers. */
    async pingMetadata(): Promise<void> {
      await db.selectFrom('facts').select('name').limit(1).execute();
    },
    close: (): Promise<void> => db.destroy(),
  };
}
