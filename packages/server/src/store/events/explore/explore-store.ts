import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type { ExploreStore } from '../../../domain/explore-store.ts';
import type { CellSources } from '../hours/event-cells.ts';
import { withOutsideRoots } from './outside-roots.ts';
import type { OutsideSources } from './outside-roots.ts';
import { readEmptiable } from '../writes/emptied-sessions.ts';
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
import { withMatches } from './word-matches.ts';
import type { MatchSources } from './word-matches.ts';

/** What the web UI reads, over an engine whose schema is up to date. */
export function createExploreStore(
  sources: MatchSources & CellSources & OutsideSources,
): ExploreStore {
  const { engine } = sources;
  const inRange = <Query extends ExploreQuery>(query: Query, signal?: AbortSignal) =>
    withOutsideRoots(sources, query, signal);
  const matched = async <Query extends { readonly rows: ExploreQuery }>(
    query: Query,
    signal?: AbortSignal,
  ): Promise<Query> => ({ ...query, rows: await withMatches(sources, query.rows, { signal }) });
  return {
    readRows: async (query, signal) => readRows(sources, await inRange(query, signal), signal),
    readHistogram: async (query, signal) =>
      readHistogram(sources, await matched(query, signal), signal),
    readSeries: async (query, signal) => readSeries(sources, await matched(query, signal), signal),
    async readGroups(query, signal) {
      const rows = await inRange(query.rows, signal);
      return readGroups(sources, await matched({ ...query, rows }, signal), signal);
    },
    readDurations: (query, signal) => readDurations(engine, query, signal),
    readFields: async (query, signal) => readFields(sources, await matched(query, signal), signal),
    readValues: async (query, signal) => readValues(sources, await matched(query, signal), signal),
    findInSession: (request, signal) => findInSession(engine, request, signal),
    readExpired: (query, signal) => readExpired(engine, query, signal),
    readEmptiable: (query, signal) => readEmptiable(engine, query, signal),
    async readValueCounts({ rows, selected }, signal) {
      const found = await Promise.all([inRange(rows, signal), inRange(selected, signal)]);
      return readValueCounts(sources, { rows: found[0], selected: found[1] }, signal);
    },
    readUnpriced: (query, signal) => readUnpriced(engine, query, signal),
    readComputed: (query, signal) => readComputed(engine, query, signal),
    readMatching: (query, places) => readMatching(engine, query, places),
    readChanged: (query) => readChanged(engine, query),
    readRoots: (query) => readRoots(engine, query),
    readSessionMark: (session) => readSessionMark(engine, session),
    readSkeleton: (query, signal) => readSkeleton(engine, query, signal),
    async countRows(query, most, signal) {
      const rows = await inRange(query, signal);
      return countRows(
        sources,
        { query: await withMatches(sources, rows, { signal }), most },
        signal,
      );
    },
  };
}
