import { randomBytes } from 'node:crypto';
import pg from 'pg';

async function connect<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that ends during a statement is an error of the statement.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Resolves when the server accepts a connection. */
export const pingPostgres = (url: string): Promise<void> => connect(url, async () => undefined);

/** Runs a statement on a new connection. */
export const queryPostgres = (
  url: string,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  connect(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

/**
 * Creates an empty database, of a name that no other has.
 *
 * @param url of any database of the server, with a user who may create databases
 * @returns its URL
 */
export async function createPostgresDatabase(url: string): Promise<string> {
  const name = `honeyhive_test_${randomBytes(6).toString('hex')}`;
  await queryPostgres(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
