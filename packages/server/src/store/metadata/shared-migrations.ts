import type { Migration } from '../migration.ts';

/**
 * Steps of what servers share beside the records, in PostgreSQL only. Append only, as those of the records,
 * which have another ledger: a server needs its leases before it may change records.
 */
export const sharedMigrations: readonly Migration[] = [
  {
    id: '0001_leases',
    statements: [
      `CREATE TABLE IF NOT EXISTS shared_leases (
        name TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        server_id TEXT NOT NULL,
        about TEXT NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
    ],
  },
  {
    id: '0002_sign_ins',
    statements: [
      `CREATE TABLE IF NOT EXISTS shared_failures (
        subject TEXT PRIMARY KEY,
        count BIGINT NOT NULL,
        until BIGINT NOT NULL
      )`,
      'CREATE INDEX IF NOT EXISTS shared_failures_by_end ON shared_failures (until)',
      `CREATE TABLE IF NOT EXISTS shared_sign_in_codes (
        code_hash TEXT PRIMARY KEY,
        key_id TEXT NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
    ],
  },
  {
    id: '0003_write_turns',
    statements: ['CREATE SEQUENCE IF NOT EXISTS write_turns'],
  },
];
