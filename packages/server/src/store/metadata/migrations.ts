import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration, MigrationLedger } from '../migration.ts';
import { identityColumn } from './identity-column.ts';
import type { Tables } from '../../tables.ts';

/**
 * Steps of the schema of the metadata store. Append only: what is released is never changed. All missing steps run in
 * one transaction, so no step is ever half done.
 */
export const metadataMigrations: readonly Migration[] = [
  {
    id: '0001_metadata',
    statements: [
      'CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
      `CREATE TABLE IF NOT EXISTS projects (
        sequence ${identityColumn},
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        description TEXT NOT NULL,
        type TEXT,
        metadata TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
      )`,
      `CREATE TABLE IF NOT EXISTS api_keys (
        sequence ${identityColumn},
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        access TEXT NOT NULL,
        project_id TEXT,
        key_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        revoked_at BIGINT
      )`,
      `CREATE TABLE IF NOT EXISTS project_settings (
        project_id TEXT PRIMARY KEY,
        settings TEXT NOT NULL,
        updated_at BIGINT NOT NULL
      )`,
      `CREATE TABLE IF NOT EXISTS held_patches (
        sequence ${identityColumn},
        project_id TEXT,
        event_id TEXT NOT NULL,
        patch TEXT NOT NULL,
        received_at BIGINT NOT NULL
      )`,
      'CREATE INDEX IF NOT EXISTS held_patches_by_event ON held_patches (event_id)',
      'CREATE INDEX IF NOT EXISTS held_patches_by_arrival ON held_patches (received_at)',
    ],
  },
  {
    id: '0002_sign_ins',
    statements: [
      `CREATE TABLE IF NOT EXISTS sign_ins (
        token_hash TEXT PRIMARY KEY,
        key_id TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
    ],
  },
  {
    id: '0003_saved_views',
    statements: [
      `CREATE TABLE IF NOT EXISTS saved_views (
        id TEXT PRIMARY KEY,
        project_id TEXT NOT NULL,
        content TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
      )`,
      'CREATE INDEX IF NOT EXISTS saved_views_by_project ON saved_views (project_id)',
    ],
  },
  {
    id: '0004_key_uses',
    statements: [
      'CREATE TABLE IF NOT EXISTS key_uses (key_id TEXT PRIMARY KEY, used_at BIGINT NOT NULL)',
    ],
  },
  {
    id: '0005_key_expiries',
    statements: [
      'CREATE TABLE IF NOT EXISTS key_expiries (key_id TEXT PRIMARY KEY, expires_at BIGINT NOT NULL)',
    ],
  },
  {
    // Ids of views are unique in their project.
    id: '0006_views_by_project',
    statements: [
      `CREATE TABLE IF NOT EXISTS project_views (
        project_id TEXT NOT NULL,
        id TEXT NOT NULL,
        content TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (project_id, id)
      )`,
      `INSERT INTO project_views (project_id, id, content, created_at, updated_at)
        SELECT project_id, id, content, created_at, updated_at FROM saved_views WHERE true
        ON CONFLICT (project_id, id) DO NOTHING`,
      'DELETE FROM saved_views',
    ],
  },
  {
    id: '0007_key_origins',
    statements: [
      'CREATE TABLE IF NOT EXISTS key_origins (key_id TEXT PRIMARY KEY, created_by TEXT NOT NULL)',
      'CREATE INDEX IF NOT EXISTS key_origins_by_creator ON key_origins (created_by)',
    ],
  },
  {
    id: '0008_audit',
    statements: [
      `CREATE TABLE IF NOT EXISTS audit (
        sequence ${identityColumn},
        at BIGINT NOT NULL,
        action TEXT NOT NULL,
        outcome TEXT NOT NULL,
        actor TEXT NOT NULL,
        actor_name TEXT,
        project_id TEXT,
        target TEXT,
        address TEXT,
        request_id TEXT
      )`,
    ],
  },
  {
    id: '0009_key_columns',
    statements: [
      'ALTER TABLE api_keys ADD COLUMN expires_at BIGINT',
      'ALTER TABLE api_keys ADD COLUMN created_by TEXT',
      `UPDATE api_keys
        SET expires_at = (SELECT expires_at FROM key_expiries WHERE key_id = api_keys.id)
        WHERE id IN (SELECT key_id FROM key_expiries)`,
      `UPDATE api_keys
        SET created_by = (SELECT created_by FROM key_origins WHERE key_id = api_keys.id)
        WHERE id IN (SELECT key_id FROM key_origins)`,
      'DROP TABLE key_expiries',
      'DROP TABLE key_origins',
    ],
  },
  {
    id: '0010_alert_deliveries',
    statements: [
      `CREATE TABLE IF NOT EXISTS alert_destinations (
        id TEXT PRIMARY KEY,
        project_id TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        made_by TEXT NOT NULL,
        sealed TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
      )`,
      `CREATE UNIQUE INDEX IF NOT EXISTS alert_destinations_by_name
        ON alert_destinations (project_id, name)`,
      `CREATE TABLE IF NOT EXISTS alert_deliveries (
        sequence ${identityColumn},
        id TEXT NOT NULL UNIQUE,
        project_id TEXT NOT NULL,
        destination_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        alert_id TEXT,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        next_attempt_at BIGINT NOT NULL,
        attempt_count BIGINT NOT NULL,
        failure_count BIGINT NOT NULL,
        leased_until BIGINT NOT NULL
      )`,
      `CREATE INDEX IF NOT EXISTS alert_deliveries_due
        ON alert_deliveries (status, next_attempt_at)`,
      `CREATE INDEX IF NOT EXISTS alert_deliveries_by_project
        ON alert_deliveries (project_id, sequence)`,
      `CREATE TABLE IF NOT EXISTS alert_delivery_attempts (
        delivery_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        number BIGINT NOT NULL,
        at BIGINT NOT NULL,
        duration_ms BIGINT NOT NULL,
        status BIGINT,
        body TEXT,
        error TEXT,
        PRIMARY KEY (delivery_id, number)
        )`,
    ],
  },
  {
    id: '0011_alerts',
    statements: [
      `CREATE TABLE IF NOT EXISTS alerts (
        project_id TEXT NOT NULL,
        id TEXT NOT NULL,
        content TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (project_id, id)
      )`,
      `CREATE TABLE IF NOT EXISTS alert_runs (
        project_id TEXT NOT NULL,
        alert_id TEXT NOT NULL,
        minute BIGINT NOT NULL,
        result TEXT NOT NULL,
        last_triggered_at BIGINT,
        PRIMARY KEY (project_id, alert_id)
      )`,
      `CREATE TABLE IF NOT EXISTS alert_states (
        project_id TEXT NOT NULL,
        alert_id TEXT NOT NULL,
        group_key TEXT NOT NULL,
        status TEXT NOT NULL,
        since BIGINT NOT NULL,
        value DOUBLE PRECISION,
        notified_as TEXT NOT NULL,
        notified_at BIGINT NOT NULL,
        is_held INTEGER NOT NULL,
        PRIMARY KEY (project_id, alert_id, group_key)
      )`,
      `CREATE TABLE IF NOT EXISTS alert_history (
        sequence ${identityColumn},
        project_id TEXT NOT NULL,
        alert_id TEXT NOT NULL,
        group_key TEXT NOT NULL,
        edge TEXT NOT NULL,
        at BIGINT NOT NULL,
        value DOUBLE PRECISION,
        threshold DOUBLE PRECISION,
        window_start BIGINT NOT NULL,
        window_end BIGINT NOT NULL
      )`,
      'CREATE INDEX IF NOT EXISTS alert_history_by_alert ON alert_history (project_id, alert_id)',
      'CREATE INDEX IF NOT EXISTS alert_history_by_time ON alert_history (at)',
      `CREATE TABLE IF NOT EXISTS alert_notifications (
        sequence ${identityColumn},
        id TEXT NOT NULL UNIQUE,
        project_id TEXT NOT NULL,
        alert_id TEXT NOT NULL,
        group_key TEXT NOT NULL,
        edge TEXT NOT NULL,
        at BIGINT NOT NULL,
        value DOUBLE PRECISION,
        threshold DOUBLE PRECISION,
        window_start BIGINT NOT NULL,
        window_end BIGINT NOT NULL,
        payload TEXT NOT NULL,
        created_at BIGINT NOT NULL
      )`,
    ],
  },
  {
    id: '0012_alert_changes',
    statements: ['ALTER TABLE alert_runs ADD COLUMN last_changed_at BIGINT'],
  },
];

/** Where and how the steps of a schema are recorded. */
export interface LedgerOptions {
  /** Instants, epoch milliseconds. */
  readonly now: () => number;
  /** A statement for another database than SQLite. @default as it is */
  readonly translate?: (statement: string) => string;
  /** @default schema_migrations */
  readonly table?: 'schema_migrations' | 'shared_migrations';
}

/** Records the steps in the database; `finished_at` is 0 until the last statement has run. */
export function createMetadataLedger(
  db: Kysely<Tables>,
  { now, translate = (statement) => statement, table = 'schema_migrations' }: LedgerOptions,
): MigrationLedger {
  const execute = async (statement: string): Promise<void> => {
    await sql.raw(translate(statement)).execute(db);
  };
  return {
    async read() {
      await execute(
        `CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, started_at BIGINT NOT NULL, finished_at BIGINT NOT NULL)`,
      );
      const rows = await db.selectFrom(table).selectAll().orderBy('id').execute();
      return rows.map((row) => ({ id: row.id, isFinished: Number(row.finished_at) > 0 }));
    },
    run: execute,
    async start(id) {
      await db
        .insertInto(table)
        .values({ id, started_at: now(), finished_at: 0 })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async finish(ids) {
      await db.updateTable(table).set({ finished_at: now() }).where('id', 'in', ids).execute();
    },
  };
}
