import { Session } from 'chdb';
import { createChdbConnection } from 'chdb/connection';
import type { ChdbConnection } from 'chdb/connection';
import { mkdir } from 'node:fs/promises';
import type { Clock } from '../../../clock.ts';
import type { ReadTurn } from '../../../domain/read-turn.ts';
import { toBoundSql, toLiteral } from './bound-sql.ts';
import type { EventEngine, InsertBatch, QueryLimits, Statement } from './engine.ts';
import { toQueryError, toWriteError } from './engine-error.ts';
import {
  insertSettings,
  maxQueryBytes,
  readerSettings,
  toTurnSettings,
} from './engine-settings.ts';
import type { EngineSettings } from './engine-settings.ts';
import { ReadSessions } from './read-sessions.ts';
import type { ReadSession, ReadSessionsConfig } from './read-sessions.ts';
import { orAborted, settled } from './until-aborted.ts';

export interface EmbeddedEngineOptions extends ReadSessionsConfig {
  /** Folder of the engine; made when it is missing. One process at a time. */
  readonly path: string;
  readonly limits: QueryLimits;
  readonly clock: Clock;
}

/** Of all tables that are named without one. */
const database = 'honeyhive';

/**
 * Blocks of columns as they are once decompressed: who opens one event of a session asks for its neighbours next, and
 * a list is asked for again and again ([ADR 12](../../../../../docs/adr/0012-hour-caches.md)).
 */
const decompressedBytes = 64 * 1024 * 1024;

/** Interval between attempts to cancel a query. */
const cancelAgainMs = 50;

/** A ClickHouse engine inside this process. */
export async function openEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EventEngine> {
  await mkdir(options.path, { recursive: true, mode: 0o700 });
  // Settings of the engine are passed by the first session, which starts the engine for all others.
  const starter = new Session(options.path, {
    connectionArgs: [`--uncompressed_cache_size=${decompressedBytes}`],
  });
  const opened: ChdbConnection[] = [];
  const open = async (settings: EngineSettings): Promise<ChdbConnection> => {
    const connection = await openConnection(options.path, settings);
    opened.push(connection);
    return connection;
  };
  const settings = readerSettings(options.limits);
  const openReader = () => openConnection(options.path, settings);
  try {
    const writer = await open({});
    const admin = await open({ max_query_size: maxQueryBytes });
    const sessions = await ReadSessions.open(options, () => open(settings));
    const canceller = await open({});
    return new EmbeddedEngine({ writer, admin, canceller, openReader }, sessions, options.clock);
  } catch (error) {
    for (const connection of opened) await connection.close();
    throw error;
  } finally {
    starter.close();
  }
}

/** A session in the database of the events, which is made when it is missing. */
async function openConnection(path: string, settings: EngineSettings): Promise<ChdbConnection> {
  const connection = createChdbConnection({ path });
  try {
    await connection.chdb.queryAsync(`CREATE DATABASE IF NOT EXISTS ${database}; USE ${database}`);
    if (Object.keys(settings).length > 0) await connection.chdb.queryAsync(toSet(settings));
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const toSet = (settings: EngineSettings): string =>
  `SET ${Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : toLiteral(value)}`)
    .join(', ')}`;

interface Connections {
  readonly writer: ChdbConnection;
  /** For statements that change the schema or remove data: they may take long, and inserts continue. */
  readonly admin: ChdbConnection;
  /** For ending the queries of others: it must never wait for one. */
  readonly canceller: ChdbConnection;
  readonly openReader: () => Promise<ChdbConnection>;
}

class EmbeddedEngine implements EventEngine {
  readonly #connections: Connections;
  readonly #sessions: ReadSessions<ChdbConnection>;
  readonly #clock: Pick<Clock, 'sleep'>;
  #labelCount = 0;
  #lastInsert: Promise<void> = Promise.resolve();
  #lastCommand: Promise<void> = Promise.resolve();

  constructor(
    connections: Connections,
    sessions: ReadSessions<ChdbConnection>,
    clock: Pick<Clock, 'sleep'>,
  ) {
    this.#connections = connections;
    this.#sessions = sessions;
    this.#clock = clock;
  }

  async insert(batch: InsertBatch): Promise<void> {
    const work = this.#lastInsert.then(() => this.#insertNow(batch));
    this.#lastInsert = settled(work);
    return work;
  }

  async query(statement: Statement, signal?: AbortSignal, turn?: ReadTurn): Promise<Buffer> {
    const sql = toBoundSql(statement);
    const reader = await this.#sessions.acquire(signal, turn);
    const settings = turn ? toTurnSettings(turn) : {};
    if (!signal) return this.#read(reader, sql);
    this.#labelCount += 1;
    const label = `read ${this.#labelCount}`;
    const work = this.#read(reader, `${toSet({ ...settings, log_comment: label })}; ${sql}`);
    return orAborted(work, signal, () => void this.#cancel(label, work));
  }

  async command(statement: Statement): Promise<void> {
    const work = this.#lastCommand.then(async () => {
      const { admin } = this.#connections;
      await admin.chdb.queryAsync(toBoundSql(statement)).catch((error) => letGo(admin, error));
    });
    this.#lastCommand = settled(work);
    return work;
  }

  async close(): Promise<void> {
    await Promise.all([this.#lastInsert, this.#lastCommand]);
    const readers = await this.#sessions.close();
    const { writer, admin, canceller } = this.#connections;
    for (const connection of [...readers, canceller, admin, writer]) await connection.close();
  }

  /** Ends a query that nobody waits for. Again until it has ended: it may only be about to begin. */
  async #cancel(label: string, work: Promise<unknown>): Promise<void> {
    const { chdb } = this.#connections.canceller;
    let isRunning = true;
    const ended = settled(work).then(() => {
      isRunning = false;
    });
    while (isRunning) {
      const sql = `KILL QUERY WHERE Settings['log_comment'] = ${toLiteral(label)} ASYNC`;
      // When the engine refuses, the limit of time ends the query.
      await chdb.queryAsync(sql).catch(() => undefined);
      await Promise.race([ended, this.#clock.sleep(cancelAgainMs)]);
    }
  }

  async #read(reader: ReadSession<ChdbConnection>, sql: string): Promise<Buffer> {
    try {
      const result = await reader.session.chdb.queryAsync(sql, { format: 'RowBinary' });
      reader.release();
      return toBuffer(result.bytes());
    } catch (error) {
      reader.release(await this.#renew(reader.session));
      throw toQueryError(error);
    }
  }

  /**
   * A session for one whose query failed. What the failed query had written so far comes out before the result of the
   * next one on that session (chdb 3.4.0): rows of one caller would reach another.
   */
  async #renew(reader: ChdbConnection): Promise<ChdbConnection> {
    try {
      const fresh = await this.#connections.openReader();
      await reader.close();
      return fresh;
    } catch {
      // No other session to be had. What is left comes out with the next result, so nobody reads that one.
      await reader.chdb.queryAsync('SELECT 1').catch(() => undefined);
      return reader;
    }
  }

  async #insertNow({ table, columns, tsv }: InsertBatch): Promise<void> {
    try {
      await this.#connections.writer.chdb.rawInsert({
        table,
        columns,
        values: tsv,
        format: 'TSV',
        settings: insertSettings,
      });
    } catch (error) {
      await letGo(this.#connections.writer, error).catch((failure: unknown) => {
        throw toWriteError(failure);
      });
    }
  }
}

/** A session holds on to the table of a statement that failed until it is used again (chdb 3.4.0). */
async function letGo(connection: ChdbConnection, failure: unknown): Promise<never> {
  await connection.chdb.queryAsync('SELECT 1').catch(() => undefined);
  throw failure;
}

const toBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
