import type { ReadTurn } from '../../../domain/read-turn.ts';

/** A value for a `{name:Type}` placeholder; an array is for `Array(String)`. */
export type SqlParam = string | number | readonly string[];

export type SqlParams = Readonly<Record<string, SqlParam>>;

/** SQL text and the values of its placeholders. Values never become part of the text. */
export interface Statement {
  readonly sql: string;
  readonly params?: SqlParams;
}

/** Rows to add, in one part: all of them or none. */
export interface InsertBatch {
  readonly table: string;
  readonly columns: readonly string[];
  /** TabSeparated bytes; not changed until the insert settles. */
  readonly tsv: Buffer;
}

/** Limits of one query, after which it is cancelled. */
export interface QueryLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly resultBytes: number;
}

/** The narrow port to a ClickHouse engine. Everything above it is SQL and bytes. */
export interface EventEngine {
  /**
   * Durable when it resolves. One at a time; later ones wait.
   *
   * @throws {StoreUnavailable} nothing was stored
   */
  insert(batch: InsertBatch): Promise<void>;
  /**
   * Runs a read and returns RowBinary bytes. Without a turn, it is one of the service itself, and waits for none that
   * has.
   *
   * @throws {QueryTooExpensive} a limit was reached
   * @throws {StoreUnavailable} all sessions stay busy, or the engine was closed
   * @throws the signal's reason once it is aborted
   */
  query(statement: Statement, signal?: AbortSignal, turn?: ReadTurn): Promise<Buffer>;
  /** Runs a statement that changes the schema or removes data. No limit of time. */
  command(statement: Statement): Promise<void>;
  /** Resolves when running queries have ended and the engine has released the folder. */
  close(): Promise<void>;
}

/** The engine, whose reads are done for a turn. */
export const readFor = (engine: EventEngine, turn: ReadTurn): EventEngine => ({
  insert: (batch) => engine.insert(batch),
  query: (statement, signal = turn.signal) => engine.query(statement, signal, turn),
  command: (statement) => engine.command(statement),
  close: () => engine.close(),
});
