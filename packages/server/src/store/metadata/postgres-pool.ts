import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { toPostgresError } from './postgres-error.ts';
import { PostgresAway } from './postgres-faults.ts';

/** How to reach a database. */
export interface PostgresOptions {
  /** `postgresql://user:password@host:5432/database?sslmode=verify-full`: never logged. */
  readonly url: string;
  /** Most connections; requests wait for a free one. */
  readonly maxConnections: number;
  /** Asked before each use of a connection. @throws {StoreUnavailable} this server may not use it now */
  readonly requireUse?: () => void;
}

/** How long a request waits for a connection: a new one, or one that others use. */
const connectMs = 5_000;
/** How long a statement may take in the database. */
const statementMs = 10_000;
/** How long it may take until its answer is here: longer, so that the database is the one that gives up. */
const answerMs = 12_000;

/** 64-bit integers as numbers: counts, sequences and instants are exact as such. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Reads the files that the URL names. @throws {PostgresAway} with the reason as its cause */
function readUrl(url: string): pg.ClientConfig {
  try {
    return toClientConfig(parse(url, { useLibpqCompat: true }));
  } catch (cause) {
    throw new PostgresAway('cannot be connected to as its URL says', { cause });
  }
}

/** Settings of a connection; `sslmode` and `sslrootcert` mean what they mean for `psql`. */
export const toConnection = (url: string): pg.ClientConfig => ({
  ...readUrl(url),
  application_name: 'honeyhive',
  connectionTimeoutMillis: connectMs,
  statement_timeout: statementMs,
  query_timeout: answerMs,
  idle_in_transaction_session_timeout: statementMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
  types,
});

/** A standby answers reads, but nothing can be stored there. */
const verify: NonNullable<pg.PoolConfig['verify']> = (client, done) => {
  // An error while no statement runs, such as the end of the server, is found by the next statement.
  client.on('error', () => undefined);
  client.query<{ standby: boolean }>(
    'SELECT pg_is_in_recovery() AS standby',
    (error: Error | null, result) => {
      const isStandby = error === null && result.rows[0]?.standby === true;
      done(isStandby ? new PostgresAway('is a standby, which is read-only') : (error ?? undefined));
    },
  );
};

/**
 * Text with NUL is stored escaped, so a lookup by such a text has to find nothing; PostgreSQL would refuse it.
 */
const escapeNul = (parameter: unknown): unknown =>
  typeof parameter === 'string' && parameter.includes('\0')
    ? parameter.replaceAll('\0', String.raw`\u0000`)
    : parameter;

/** A connection for Kysely. One that failed is closed: its answer may still be in flight. */
function toPoolClient(client: pg.PoolClient): PostgresPoolClient {
  let hasFailed = false;
  const query = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
    try {
      return await client.query(text, parameters.map(escapeNul));
    } catch (error) {
      const known = toPostgresError(error);
      hasFailed ||= known instanceof PostgresAway;
      throw known;
    }
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || hasFailed),
  };
}

/** Connections that are opened when they are needed, and again after they broke. */
export function createPostgresPool({
  url,
  maxConnections: max,
  requireUse = () => undefined,
}: PostgresOptions): PostgresPool {
  const pool = new pg.Pool({ ...toConnection(url), max, verify });
  // Idle connections that break are removed; the next request opens one.
  pool.on('error', () => undefined);
  return {
    async connect() {
      requireUse();
      try {
        return toPoolClient(await pool.connect());
      } catch (error) {
        throw toPostgresError(error);
      }
    },
    end: () => pool.end(),
  };
}
