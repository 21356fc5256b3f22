import { sql } from 'kysely';

/** What a server of PostgreSQL is like. */
export interface PostgresFacts {
  /** As it is shown: `15.14`. */
  readonly version: string;
  readonly major: number;
  readonly encoding: string;
  readonly isStandby: boolean;
  /** Whether the user may create tables where unqualified names lead; null: there is no such schema. */
  readonly mayCreate: boolean | null;
  /** Its clock against the one of this machine, milliseconds; positive: it is ahead. Exact to the time of an answer. */
  readonly aheadMs: number;
  /** Connections that a user like this one can open, of all programs together. */
  readonly maxConnections: number;
  /** Settings that are off and let a crash of the machine lose what was committed, or damage it. */
  readonly unsafeSettings: readonly string[];
}

interface Row {
  readonly version: string;
  readonly version_num: number;
  readonly encoding: string;
  readonly is_standby: boolean;
  readonly may_create: boolean | null;
  readonly now_ms: number;
  readonly max_connections: number;
  readonly unsafe: string | null;
}

/**
 * Asks the server that the URL names.
 *
 * @param now epoch milliseconds of this machine
 * @throws {StoreUnavailable} it cannot be used; the cause has the reason
 */
export async function inspectPostgres(url: string, now: () => number): Promise<PostgresFacts> {
  // Without a database, the library is not loaded.
  const { openPostgres } = await import('./postgres-dialect.ts');
  const db = openPostgres({ url, maxConnections: 1 });
  try {
    // The first statement connects: the second one measures.
    await sql`SELECT 1`.execute(db);
    const askedAt = now();
    const { rows } = await sql<Row>`
      SELECT current_setting('server_version') AS version,
        current_setting('server_version_num')::int AS version_num,
        current_setting('server_encoding') AS encoding,
        pg_is_in_recovery() AS is_standby,
        has_schema_privilege(current_schema(), 'CREATE') AS may_create,
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms,
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int AS max_connections,
        (SELECT string_agg(name, ', ' ORDER BY name) FROM pg_settings
          WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off')
          AS unsafe`.execute(db);
    const [row] = rows;
    if (row === undefined) throw new Error('PostgreSQL says nothing about itself');
    return toFacts(row, (askedAt + now()) / 2);
  } finally {
    await db.destroy();
  }
}

const toFacts = (row: Row, nowMs: number): PostgresFacts => ({
  version: row.version,
  major: Math.floor(row.version_num / 10_000),
  encoding: row.encoding,
  isStandby: row.is_standby,
  mayCreate: row.may_create,
  aheadMs: Math.round(row.now_ms - nowMs),
  maxConnections: row.max_connections,
  unsafeSettings: row.unsafe === null ? [] : row.unsafe.split(', '),
});
