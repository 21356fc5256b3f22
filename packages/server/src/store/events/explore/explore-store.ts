import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type { ExploreStore } from '../../../domain/explore-store.ts';
import type { CellSources } from '../hours/event-cells.ts';
import type { TallySources } from '../hours/event-tally.ts';
import { withOutsideRoots } from './outside-roots.ts';
import type { OutsideSources } from './outside-roots.ts';
import { readExpired } from '../writes/expired-sessions.ts';
import { readValueCounts } from './difference-reads.ts';
import { readDurations } from './duration-reads.ts';
import { readFields, readValues } from './field-reads.ts';
import { findInSession } from './find-reads.ts';
import { readChanged, readMatching } from './live-reads.ts';
import { readComputed, readUnpriced } from './cost-reads.ts';
import { countRows, readRows } from './row-reads.ts';
import { readRoots, readSessionMark, readSkeleton } from './session-reads.ts';
import { readGroups } from './group-reads.ts';
import { readHistogram, readSeries } from './time-reads.ts';

/** What the web UI reads, over an engine whose schema is up to date. */
export function createExploreStore(
  sources: TallySources & CellSources & OutsideSources,
): ExploreStore {
  const { engine } = sources;
  const inRange = <Query extends ExploreQuery>(query: Query, signal?: AbortSignal) =>
    withOutsideRoots(sources, query, signal);
  return {
    readRows: async (query, signal) => readRows(sources, await inRange(query, signal), signal),
    readHistogram: (query, signal) => readHistogram(sources, query, signal),
    readSeries: (query, signal) => readSeries(sources, query, signal),
    readGroups: async (query, signal) =>
      readGroups(sources, { ...query, rows: await inRange(query.rows, signal) }, signal),
    readDurations: (query, signal) => readDurations(engine, query, signal),
    readFields: (query, signal) => readFields(engine, query, signal),
    readValues: (query, signal) => readValues(sources, query, signal),
    findInSession: (request, signal) => findInSession(engine, request, signal),
    readExpired: (query, signal) => readExpired(engine, query, signal),
    async readValueCounts({ rows, selected }, signal) {
      const found = await Promise.all([inRange(rows, signal), inRange(selected, signal)]);
      return readValueCounts(engine, { rows: found[0], selected: found[1] }, signal);
    },
    readUnpriced: (query, signal) => readUnpriced(engine, query, signal),
    readComputed: (query, signal) => readComputed(engine, query, signal),
    readMatching: (query, places) => readMatching(engine, query, places),
    readChanged: (query) => readChanged(engine, query),
    readRoots: (query) => readRoots(engine, query),
    readSessionMark: (session) => readSessionMark(engine, session),
    readSkeleton: (query, signal) => readSkeleton(engine, query, signal),
    countRows: async (query, most, signal) =>
      countRows(sources, { query: await inRange(query, signal), most }, signal),
  };
}
