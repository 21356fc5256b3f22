import type { EventQuery } from '../../../domain/event-query.ts';
import type { EventEngine } from '../engine/engine.ts';
import { keyOf, maxPositions, readPositions } from './event-positions.ts';
import type { PositionSources } from './event-positions.ts';
import { toEventScope } from '../sql/event-scope.ts';
import type { HourCache, UnitValue } from './hour-cache.ts';
import { hourUnit, isWithin, joinRanges, splitRange, toHours } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** What reads that are made of parts of hours need. */
export interface TallySources extends PositionSources {
  readonly tallies: HourCache<number>;
}

/** How many events of a query lie in an hour. */
export interface HourTally extends UnitValue<number> {
  /** How many there are in all of the hour, of which only a part may belong to the range of the query. */
  readonly whole: number;
}

/** How many events of a query lie in each hour, newest first; hours without any are left out. */
export type Tally = readonly HourTally[];

/**
 * Counts matches of a query by hour; hours without writes since the last time are not read again. Events in the hours
 * at the ends of the range are cached individually, so a moving range is counted without reading.
 */
export async function readTally(
  sources: TallySources,
  query: EventQuery,
  signal?: AbortSignal,
): Promise<Tally> {
  const { fromMs: _from, toMs: _to, ...unbounded } = query;
  const range = toHours(query);
  if (range.first > range.last) return [];
  const counts = await sources.tallies.read({
    key: keyOf(query),
    projectIds: query.projectIds,
    hours: [range],
    unitOf: hourUnit,
    load: (ranges) => countHours(sources.engine, { query: unbounded, ranges }, signal),
  });
  const { edges } = splitRange(query, hourUnit);
  const isPartial = ({ hour }: UnitValue<number>): boolean =>
    edges.some((edge) => isWithin(hour, edge));
  const parts = await countParts(sources, { query, hours: counts.filter(isPartial) }, signal);
  return counts
    .map(({ hour, value }) => ({ hour, value: parts.get(hour) ?? value, whole: value }))
    .filter(({ value }) => value > 0)
    .toReversed();
}

/** Hours of a tally that are read at once, such as those in which events come in. */
const fewHours = 3;

/** Whether most of the tally is cached: then it finds a page sooner than a search of the nearest hours. */
export function hasTally(sources: TallySources, query: EventQuery): boolean {
  const asked = { key: keyOf(query), projectIds: query.projectIds, unitOf: hourUnit };
  return sources.tallies.missingHours({ ...asked, hours: [toHours(query)] }) <= fewHours;
}

/** What of each hour belongs to the range of the query. */
async function countParts(
  sources: TallySources,
  { query, hours }: { query: EventQuery; hours: readonly UnitValue<number>[] },
  signal?: AbortSignal,
): Promise<Map<number, number>> {
  const counts = new Map(hours.map(({ hour }) => [hour, 0]));
  const rangesOf = (some: readonly UnitValue<number>[]): HourRange[] =>
    joinRanges(some.map(({ hour }) => hourUnit(hour)));
  const few = rangesOf(hours.filter(({ value }) => value <= maxPositions));
  for (const { hour } of await readPositions(sources, { query, hours: few }, signal))
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  const many = rangesOf(hours.filter(({ value }) => value > maxPositions));
  if (many.length === 0) return counts;
  for (const { hour, value } of await countHours(sources.engine, { query, ranges: many }, signal))
    counts.set(hour, value);
  return counts;
}

async function countHours(
  engine: EventEngine,
  { query, ranges }: { query: EventQuery; ranges: readonly HourRange[] },
  signal?: AbortSignal,
): Promise<UnitValue<number>[]> {
  const scope = new SqlScope();
  const sql = `SELECT start_hour, count() ${toEventScope(query, scope, ranges)} GROUP BY start_hour`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    hour: cursor.int64(),
    value: cursor.uint64(),
  }));
}

/** The total of a tally. */
export const sumTally = (tally: Tally): number => tally.reduce((sum, { value }) => sum + value, 0);

/** Where a page lies. */
export interface PagePlace {
  readonly hours: HourRange;
  /** Events of these hours that come before the page. */
  readonly offset: number;
  /** Events of these hours, those outside of the range of the query as well. */
  readonly whole: number;
}

/** The hours that hold a page; null beyond the last one. */
export function findPage(
  tally: Tally,
  { offset, limit }: { offset: number; limit: number },
): PagePlace | null {
  let before = 0;
  let whole = 0;
  let start: { hour: number; skipped: number } | null = null;
  let first = 0;
  for (const { hour, value, whole: all } of tally) {
    if (before >= offset + limit) break;
    if (start === null && before + value > offset) start = { hour, skipped: before };
    before += value;
    if (start !== null) whole += all;
    first = hour;
  }
  if (start === null) return null;
  return { hours: { first, last: start.hour }, offset: offset - start.skipped, whole };
}
