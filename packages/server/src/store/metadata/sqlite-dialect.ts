import { CompiledQuery, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, Driver } from 'kysely';
import Database from 'libsql';
import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How long a statement waits for another process that writes. It blocks, but such writes take milliseconds. */
const busyTimeoutMs = 5_000;

/** A column that numbers its rows in the order of arrival and never uses a number twice. */
export const identityColumn = 'INTEGER PRIMARY KEY AUTOINCREMENT';

/** Takes the lock of writers when a transaction begins: taking it at the first write fails when another one wrote since. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class LibsqlDialect extends SqliteDialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

/**
 * Opens a database file, which only its owner can read. Several processes may have it open at once.
 * A write survives the death of the process when it resolves, and a power cut once the log is synced.
 */
export async function openSqlite(path: string): Promise<SqliteDialect> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Made before the engine makes it: its log files take the mode of this one.
  await (await open(path, 'a', 0o600)).close();
  await chmod(path, 0o600);
  const database = new Database(path, { timeout: busyTimeoutMs });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  return new LibsqlDialect(database);
}
