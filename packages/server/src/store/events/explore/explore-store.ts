import type { ExploreStore } from '../../../domain/explore-store.ts';
import type { EventEngine } from '../engine.ts';
import { countRows, readRows } from './row-reads.ts';

/** What the web UI reads, over an engine whose schema is up to date. */
export function createExploreStore(engine: EventEngine): ExploreStore {
  return {
    readRows: (query, signal) => readRows(engine, query, signal),
    countRows: (query, most, signal) => countRows(engine, { query, most }, signal),
  };
}
