import { Session } from 'chdb';
import { createChdbConnection } from 'chdb/connection';
import type { ChdbConnection } from 'chdb/connection';
import { mkdir } from 'node:fs/promises';
import type { Clock } from '../../../clock.ts';
import type { ReadTurn } from '../../../domain/read-turn.ts';
import { toBoundSql, toLiteral } from './bound-sql.ts';
import type { EventEngine, InsertBatch, QueryLimits, Statement } from './engine.ts';
import { toQueryError, toWriteError } from './engine-error.ts';
import { SessionPool } from './session-pool.ts';
import type { Borrower } from './session-pool.ts';

export interface EmbeddedEngineOptions {
  /** Folder of the engine; made when it is missing. One process at a time. */
  readonly path: string;
  /** Reads of one share that run side by side; those of all shares are twice as many. */
  readonly readerCount: number;
  readonly limits: QueryLimits;
  /** Reads that may wait for a session. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  readonly clock: Clock;
}

/** Long lists of ids are sent as text; the engine's own limit is 256 KiB. */
const maxQueryBytes = 256 * 1024 * 1024;

/** Fifty filters on paths of twenty segments are 100,000; the engine's own limit is 50,000. */
const maxQueryElements = 1_000_000;

/**
 * Blocks of columns as they are once decompressed: who opens one event of a session asks for its neighbours next, and
 * a list is asked for again and again ([ADR 12](../../../../../docs/adr/0012-hour-caches.md)).
 */
const decompressedBytes = 64 * 1024 * 1024;

/** Reads of more rows leave that cache alone: they would push out what is asked for again. */
const maxCachedRows = 100_000;

/** Interval between attempts to cancel a query. */
const cancelAgainMs = 50;

/**
 * Sessions for what the service reads itself, above all before it stores something: those wait for nobody's queries.
 */
const ownReaderCount = 2;

/**
 * Niceness of the threads of a query that makes room for others. The engine sets it where the process may
 * (CAP_SYS_NICE), else it has no effect: then the single thread alone keeps such a query from taking all processors.
 */
const politeNiceness = 10;

/**
 * The part of the time left that a query may take: where several run at once, the rest is for what to do without one.
 */
const queryPart = 0.95;

/** Settings of every read, in one place. */
const readerSettings = (limits: QueryLimits): Readonly<Record<string, number | string>> => ({
  max_query_size: maxQueryBytes,
  max_ast_elements: maxQueryElements,
  max_expanded_ast_elements: maxQueryElements,
  max_execution_time: limits.timeoutMs / 1000,
  max_memory_usage: limits.memoryBytes,
  max_result_bytes: limits.resultBytes,
  result_overflow_mode: 'throw',
  use_uncompressed_cache: 1,
  merge_tree_max_rows_to_use_cache: maxCachedRows,
  // Last: it forbids everything that changes data, for the life of the session.
  readonly: 2,
});

/**
 * One block for one insert, so that it is stored whole or not at all, and at once.
 * Parsing in one thread is 10 % faster for bodies of a few megabytes (measured on 2 cores).
 */
const insertSettings = {
  async_insert: 0,
  input_format_parallel_parsing: 0,
  max_insert_block_size: 100_000_000,
  min_insert_block_size_rows: 100_000_000,
  min_insert_block_size_bytes: 100_000_000_000,
} as const;

/** A ClickHouse engine inside this process. */
export async function openEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EventEngine> {
  await mkdir(options.path, { recursive: true, mode: 0o700 });
  // Settings of the engine are passed by the first session, which starts the engine for all others.
  const starter = new Session(options.path, {
    connectionArgs: [`--uncompressed_cache_size=${decompressedBytes}`],
  });
  const opened: ChdbConnection[] = [];
  const open = (): ChdbConnection => {
    const connection = createChdbConnection({ path: options.path });
    opened.push(connection);
    return connection;
  };
  const openReader = async (): Promise<ChdbConnection> =>
    withSettings(createChdbConnection({ path: options.path }), readerSettings(options.limits));
  try {
    const writer = open();
    const admin = await withSettings(open(), { max_query_size: maxQueryBytes });
    const openReaders = (length: number): Promise<ChdbConnection[]> =>
      Promise.all(
        Array.from({ length }, () => withSettings(open(), readerSettings(options.limits))),
      );
    const shared = new SessionPool(await openReaders(2 * options.readerCount), options);
    const own = new SessionPool(await openReaders(ownReaderCount), options);
    const canceller = open();
    return new EmbeddedEngine({ writer, admin, canceller, openReader }, { shared, own }, options);
  } catch (error) {
    for (const connection of opened) await connection.close();
    throw error;
  } finally {
    starter.close();
  }
}

async function withSettings(
  connection: ChdbConnection,
  settings: Readonly<Record<string, number | string>>,
): Promise<ChdbConnection> {
  try {
    await connection.chdb.queryAsync(toSet(settings));
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const toSet = (settings: Readonly<Record<string, number | string>>): string =>
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

type Readers = SessionPool<ChdbConnection>;

/** Statements before the text of a query. Settings persist in the session, so each query sets all of them. */
function toTurnSettings(turn: ReadTurn): Readonly<Record<string, number>> {
  const isAhead = turn.isAhead();
  return {
    // 0: as many as there are processors.
    max_threads: isAhead ? 1 : 0,
    os_thread_priority: isAhead ? politeNiceness : 0,
    // 0 would be no limit.
    max_execution_time: Math.max(1, Math.round(turn.leftMs() * queryPart)) / 1000,
  };
}

class EmbeddedEngine implements EventEngine {
  readonly #connections: Connections;
  readonly #pools: { readonly shared: Readers; readonly own: Readers };
  readonly #readerCount: number;
  readonly #clock: Clock;
  #labelCount = 0;
  #lastInsert: Promise<void> = Promise.resolve();
  #lastCommand: Promise<void> = Promise.resolve();

  constructor(
    connections: Connections,
    pools: { readonly shared: Readers; readonly own: Readers },
    { clock, readerCount }: Pick<EmbeddedEngineOptions, 'clock' | 'readerCount'>,
  ) {
    this.#clock = clock;
    this.#connections = connections;
    this.#pools = pools;
    this.#readerCount = readerCount;
  }

  async insert(batch: InsertBatch): Promise<void> {
    const work = this.#lastInsert.then(() => this.#insertNow(batch));
    this.#lastInsert = settled(work);
    return work;
  }

  async query(statement: Statement, signal?: AbortSignal, turn?: ReadTurn): Promise<Buffer> {
    const sql = toBoundSql(statement);
    const pool = turn ? this.#pools.shared : this.#pools.own;
    const reader = await pool.acquire(signal, turn && this.#borrowerOf(turn));
    const settings = turn ? toTurnSettings(turn) : {};
    if (!signal) return this.#read(pool, reader, sql);
    this.#labelCount += 1;
    const label = `read ${this.#labelCount}`;
    const work = this.#read(pool, reader, `${toSet({ ...settings, log_comment: label })}; ${sql}`);
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
    const { shared, own } = this.#pools;
    const readers = (await Promise.all([shared.close(), own.close()])).flat();
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

  #borrowerOf(turn: ReadTurn): Borrower {
    return {
      share: turn.share,
      maxSessions: () => (turn.isAhead() ? 1 : this.#readerCount),
    };
  }

  async #read(pool: Readers, reader: ChdbConnection, sql: string): Promise<Buffer> {
    try {
      const result = await reader.chdb.queryAsync(sql, { format: 'RowBinary' });
      pool.release(reader);
      return toBuffer(result.bytes());
    } catch (error) {
      pool.release(await this.#renew(reader), reader);
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

/** For the order of a queue: the next one runs whether this one succeeded or failed. */
const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    () => undefined,
  );

const toBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function orAborted<T>(work: Promise<T>, signal: AbortSignal, cancel: () => void): Promise<T> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
