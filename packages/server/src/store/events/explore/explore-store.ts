import type { ExploreStore } from '../../../domain/explore-store.ts';
import type { TallySources } from '../hours/event-tally.ts';
import { readExpired } from '../writes/expired-sessions.ts';
import { readValueCounts } from './difference-reads.ts';
import { readDurations } from './duration-reads.ts';
import { readFields, readValues } from './field-reads.ts';
import { findInSession } from './find-reads.ts';
import { readChanged, readMatching } from './live-reads.ts';
import { readComputed, readUnpriced } from './cost-reads.ts';
import { countRows, readRows } from './row-reads.ts';
import { readRoots, readSessionMark, readSkeleton } from './session-reads.ts';
import { readGroups, readHistogram, readSeries } from './time-reads.ts';

/** What the web UI reads, over an engine whose schema is up to date. */
export function createExploreStore(sources: TallySources): ExploreStore {
  const { engine } = sources;
  return {
    readRows: (query, signal) => readRows(sources, query, signal),
    readHistogram: (query, signal) => readHistogram(engine, query, signal),
    readSeries: (query, signal) => readSeries(engine, query, signal),
    readGroups: (query, signal) => readGroups(engine, query, signal),
    readDurations: (query, signal) => readDurations(engine, query, signal),
    readFields: (query, signal) => readFields(engine, query, signal),
    readValues: (query, signal) => readValues(engine, query, signal),
    findInSession: (request, signal) => findInSession(engine, request, signal),
    readExpired: (query, signal) => readExpired(engine, query, signal),
    readValueCounts: (query, signal) => readValueCounts(engine, query, signal),
    readUnpriced: (query, signal) => readUnpriced(engine, query, signal),
    readComputed: (query, signal) => readComputed(engine, query, signal),
    readMatching: (query, places) => readMatching(engine, query, places),
    readChanged: (query) => readChanged(engine, query),
    readRoots: (query) => readRoots(engine, query),
    readSessionMark: (session) => readSessionMark(engine, session),
    readSkeleton: (query, signal) => readSkeleton(engine, query, signal),
    countRows: (query, most, signal) => countRows(sources, { query, most }, signal),
  };
}
