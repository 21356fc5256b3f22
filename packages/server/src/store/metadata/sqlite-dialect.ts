import { SelectQueryNode, SqliteDialect, SqliteDriver } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import Database from 'libsql';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../clock.ts';
import { makePrivateFile } from '../private-folder.ts';
import { toMetadataError } from './metadata-error.ts';

/** How long a write waits for another process that writes; such writes take milliseconds. */
const maxWaitMs = 5_000;
const retryMs = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && /database (table )?is locked/.test(error.message);

/**
 * The one connection. Every write is a transaction that has the lock of writers from its beginning: taking it later
 * fails when another process wrote since. The wait for it is ours, because SQLite's own would block the process.
 */
class LibsqlConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #database: Database.Database;
  readonly #clock: Clock;
  #isInTransaction = false;

  constructor(inner: DatabaseConnection, database: Database.Database, clock: Clock) {
    this.#inner = inner;
    this.#database = database;
    this.#clock = clock;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.#execute<R>(query);
    } catch (error) {
      throw toMetadataError(error);
    }
  }

  async #execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#isInTransaction || SelectQueryNode.is(query.query))
      return this.#inner.executeQuery<R>(query);
    await this.begin();
    try {
      const result = await this.#inner.executeQuery<R>(query);
      this.end('COMMIT');
      return result;
    } catch (error) {
      this.end('ROLLBACK');
      throw error;
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }

  async begin(): Promise<void> {
    const deadlineMs = this.#clock.monotonicMs() + maxWaitMs;
    while (!this.#tryBegin(deadlineMs)) await this.#clock.sleep(retryMs);
    this.#isInTransaction = true;
  }

  /** @throws {StoreUnavailable} it cannot be committed; then it is rolled back */
  end(how: 'COMMIT' | 'ROLLBACK'): void {
    try {
      // SQLite rolls back on its own when the disk is full or fails.
      if (how === 'COMMIT' || this.#database.inTransaction) this.#database.exec(how);
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw toMetadataError(error);
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** By `exec`: a prepared statement of this binding that was refused stays open and keeps others from committing. */
  #tryBegin(deadlineMs: number): boolean {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (!isBusy(error) || this.#clock.monotonicMs() > deadlineMs) throw toMetadataError(error);
      return false;
    }
  }
}

class LibsqlDriver extends SqliteDriver {
  readonly #database: Database.Database;
  readonly #clock: Clock;
  #connection: LibsqlConnection | null = null;

  constructor(database: Database.Database, clock: Clock) {
    super({ database });
    this.#database = database;
    this.#clock = clock;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await super.acquireConnection();
    return (this.#connection ??= new LibsqlConnection(inner, this.#database, this.#clock));
  }

  override async beginTransaction(): Promise<void> {
    await this.#connection?.begin();
  }

  override async commitTransaction(): Promise<void> {
    this.#connection?.end('COMMIT');
  }

  override async rollbackTransaction(): Promise<void> {
    this.#connection?.end('ROLLBACK');
  }
}

class LibsqlDialect extends SqliteDialect {
  readonly #database: Database.Database;
  readonly #clock: Clock;

  constructor(database: Database.Database, clock: Clock) {
    super({ database });
    this.#database = database;
    this.#clock = clock;
  }

  override createDriver(): Driver {
    return new LibsqlDriver(this.#database, this.#clock);
  }
}

/**
 * Opens a database file, which only its owner can read. Several processes may have it open at once.
 * A write survives the death of the process when it resolves, and a power cut too with `syncsWrites`; without it, once
 * the log is synced.
 */
export async function openSqlite(
  path: string,
  { clock, syncsWrites }: { readonly clock: Clock; readonly syncsWrites: boolean },
): Promise<SqliteDialect> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Made before the engine makes it: its log files take the mode of this one.
  await makePrivateFile(path);
  const database = new Database(path, { timeout: maxWaitMs });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec(`PRAGMA synchronous = ${syncsWrites ? 'FULL' : 'NORMAL'}`);
  database.exec('PRAGMA busy_timeout = 0');
  return new LibsqlDialect(database, clock);
}
