import type { ExploreQuery, WordMatch } from '../../../domain/explore-query.ts';
import { readRows } from '../engine/row-binary.ts';
import { readTally } from '../hours/event-tally.ts';
import type { TallySources } from '../hours/event-tally.ts';
import { groupByHour } from '../hours/hour-cache.ts';
import type { HourCache, UnitValue } from '../hours/hour-cache.ts';
import { toHour } from '../rows/event-row.ts';
import {
  earlyChildHours,
  isRangeOfEvents,
  matchFilters,
  toExploreScope,
} from '../sql/explore-scope.ts';
import { hoursSql, hourUnit } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { planWindows } from '../sql/list-window.ts';
import { firstRootHour } from '../sql/session-range.ts';
import type { HourWindow } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { snippetColumns } from './word-snippet.ts';

/** The events of an hour that have the words; null: too many to list. */
export type HourMatches = readonly WordMatch[] | null;

export interface MatchSources extends TallySources {
  readonly matches: HourCache<HourMatches>;
}

/** More of them are found as fast by reading texts as by a list. */
const maxOfHour = 1_000;
const maxMatches = 20_000;

const hourMs = 3_600_000;

/**
 * The query with the events that have its words, cached by hour, so that its rows, its histogram and its facets read
 * the texts of an hour once. Of a frequent word there are too many in the newest hours already; no others are read.
 *
 * @param window hours of the rows
 */
export async function withMatches<Query extends ExploreQuery>(
  sources: MatchSources,
  query: Query,
  { window = {}, signal }: { window?: HourWindow; signal?: AbortSignal | undefined } = {},
): Promise<Query> {
  if (query.words.length === 0) return query;
  const found: WordMatch[] = [];
  for (const hours of await planRanges(sources, query, { window, signal })) {
    for (const { value } of await readMatches(sources, query, { hours, signal })) {
      if (value === null || found.length > maxMatches) return query;
      found.push(...value);
    }
  }
  return { ...query, matches: found.filter((match) => isInRange(match, query)) };
}

function isInRange({ startTime }: WordMatch, query: ExploreQuery): boolean {
  if (query.scope === 'sessions' && !isRangeOfEvents(query)) return true;
  const { fromMs = -Infinity, beforeMs = Infinity } = query;
  return startTime >= fromMs && startTime < beforeMs;
}

/** Hours in which matches can lie. */
function hoursOfMatches(query: ExploreQuery, window: HourWindow): HourRange {
  const { fromMs, beforeMs } = query;
  const from = fromMs === undefined ? -Infinity : toHour(fromMs);
  const last = beforeMs === undefined ? Infinity : toHour(beforeMs);
  const { fromHour = -Infinity, toHour: lastHour = Infinity } = window;
  if (query.scope === 'events')
    return { first: Math.max(from, fromHour), last: Math.min(last, lastHour) };
  const firstOfRows = fromHour - earlyChildHours;
  if (isRangeOfEvents(query)) return { first: Math.max(from, firstOfRows), last };
  const firstRoot = (firstRootHour(query) ?? -Infinity) - earlyChildHours;
  return { first: Math.max(firstRoot, firstOfRows), last: Infinity };
}

/** Those that have events, in a few ranges, the newest first. */
async function planRanges(
  sources: MatchSources,
  query: ExploreQuery,
  { window, signal }: { window: HourWindow; signal: AbortSignal | undefined },
): Promise<HourRange[]> {
  const { first, last } = hoursOfMatches(query, window);
  const all = {
    projectIds: [query.projectId],
    filters: [],
    rootsOnly: false,
    ...(first === -Infinity ? {} : { fromMs: first * hourMs }),
    ...(last === Infinity ? {} : { toMs: (last + 1) * hourMs - 1 }),
  };
  const tally = await readTally(sources, all, signal);
  const hours = tally.map(({ hour, whole: rowCount }) => ({ hour, rowCount }));
  let before = hours[0]?.hour ?? 0;
  return planWindows(hours, 0).map((hour) => {
    const range = { first: hour, last: before };
    before = hour - 1;
    return range;
  });
}

const readMatches = (
  sources: MatchSources,
  query: ExploreQuery,
  { hours, signal }: { hours: HourRange; signal: AbortSignal | undefined },
): Promise<UnitValue<HourMatches>[]> =>
  sources.matches.read({
    key: JSON.stringify([query.projectId, query.words, matchFilters(query)]),
    projectIds: [query.projectId],
    hours: [hours],
    unitOf: hourUnit,
    load: (ranges) => loadMatches(sources, query, { ranges, signal }),
  });

const matchColumns = ['start_hour', 'session_id', 'event_id', 'start_time'];

async function loadMatches(
  { engine }: MatchSources,
  query: ExploreQuery,
  { ranges, signal }: { ranges: readonly HourRange[]; signal: AbortSignal | undefined },
): Promise<UnitValue<HourMatches>[]> {
  const { projectId, words } = query;
  const scope = new SqlScope();
  const inner = scope.inner();
  const from = toExploreScope(
    { projectId, words, scope: 'events', target: 'session', filters: matchFilters(query) },
    inner,
    { fromHour: ranges[0]?.first ?? 0, toHour: ranges.at(-1)?.last ?? 0 },
  );
  const snippet = snippetColumns(words[0] ?? '', scope);
  const columns = [...new Set([...matchColumns, ...snippet.sources])].join(', ');
  // Snippets are made of what is listed, not of all that matches.
  const listed = `${inner.withClause()}SELECT ${columns} ${from} AND ${hoursSql(ranges)} LIMIT ${maxOfHour + 1} BY start_hour`;
  const sql = `SELECT ${matchColumns.join(', ')}, ${snippet.sql} FROM (${listed})`;
  const rows = readRows(await engine.query(scope.statement(sql), signal), (cursor): WordMatch => ({
    hour: cursor.int64(),
    sessionId: cursor.string(),
    eventId: cursor.string(),
    startTime: cursor.float64(),
    snippet: snippet.read(cursor),
  }));
  return groupByHour(rows, ({ hour }) => hour).map(({ hour, value }) => ({
    hour,
    value: value.length > maxOfHour ? null : value,
  }));
}
