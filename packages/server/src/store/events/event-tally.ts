import type { EventQuery } from '../../domain/event-query.ts';
import type { EventEngine } from './engine.ts';
import { toEventScope } from './event-scope.ts';
import type { HourCache, UnitValue } from './hour-cache.ts';
import { hourUnit, splitRange } from './hour-range.ts';
import type { HourRange } from './hour-range.ts';
import { readRows } from './row-binary.ts';
import { SqlScope } from './sql-scope.ts';

/** What reads that are made of parts of hours need. */
export interface TallySources {
  readonly engine: EventEngine;
  readonly tallies: HourCache<number>;
}

/** How many events of a query lie in each hour, newest first; hours without any are left out. */
export type Tally = readonly UnitValue<number>[];

/** Counts what a query matches, hour by hour; hours that nobody wrote to since the last time are not read again. */
export async function readTally(
  { engine, tallies }: TallySources,
  query: EventQuery,
  signal?: AbortSignal,
): Promise<Tally> {
  const { inner, edges } = splitRange(query, hourUnit);
  const { fromMs: _from, toMs: _to, ...unbounded } = query;
  const [whole, parts] = await Promise.all([
    inner === null
      ? []
      : tallies.read({
          key: keyOf(query),
          projectIds: query.projectIds,
          hours: inner,
          unitOf: hourUnit,
          load: (ranges) => countHours(engine, { query: unbounded, ranges }, signal),
        }),
    edges.length === 0 ? [] : countHours(engine, { query, ranges: edges }, signal),
  ]);
  return [...whole, ...parts].toSorted((a, b) => b.hour - a.hour);
}

/** Says which events a query is about, whatever its range. */
export const keyOf = ({ projectIds, filters, rootsOnly }: EventQuery): string =>
  JSON.stringify([projectIds, filters, rootsOnly]);

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

/** Where a page lies: the hours that hold it, and how many events of these come before it; null beyond the last. */
export function findPage(
  tally: Tally,
  { offset, limit }: { offset: number; limit: number },
): { hours: HourRange; offset: number } | null {
  let before = 0;
  let last: number | null = null;
  let skipped = 0;
  for (const { hour, value } of tally) {
    if (last === null && before + value > offset) [last, skipped] = [hour, before];
    before += value;
    if (last !== null && before >= offset + limit)
      return { hours: { first: hour, last }, offset: offset - skipped };
  }
  const oldest = tally.at(-1);
  return last === null || !oldest
    ? null
    : { hours: { first: oldest.hour, last }, offset: offset - skipped };
}
