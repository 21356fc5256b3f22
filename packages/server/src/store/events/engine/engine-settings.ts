import type { ReadTurn } from '../../../domain/read-turn.ts';
import type { QueryLimits } from './engine.ts';

/** Settings of one statement. */
export type EngineSettings = Readonly<Record<string, number | string>>;

/** Long lists of ids are sent as text; the engine's own limit is 256 KiB. */
export const maxQueryBytes = 256 * 1024 * 1024;

/** Fifty filters on paths of twenty segments are 100,000; the engine's own limit is 50,000. */
const maxQueryElements = 1_000_000;

/** Reads of more rows leave that cache alone: they would push out what is asked for again. */
const maxCachedRows = 100_000;

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
export const readerSettings = (limits: QueryLimits): EngineSettings => ({
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
export const insertSettings = {
  async_insert: 0,
  input_format_parallel_parsing: 0,
  max_insert_block_size: 100_000_000,
  min_insert_block_size_rows: 100_000_000,
  min_insert_block_size_bytes: 100_000_000_000,
} as const;

/** Settings of a query by its turn. All of them for each query: in a session they persist. */
export function toTurnSettings(turn: ReadTurn): EngineSettings {
  const isAhead = turn.isAhead();
  return {
    // 0: as many as there are processors.
    max_threads: isAhead ? 1 : 0,
    os_thread_priority: isAhead ? politeNiceness : 0,
    // 0 would be no limit.
    max_execution_time: Math.max(1, Math.round(turn.leftMs() * queryPart)) / 1000,
  };
}
