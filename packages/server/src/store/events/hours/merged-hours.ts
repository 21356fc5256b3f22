import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { eventTable } from '../rows/event-row.ts';
import { hoursSql, hourUnit, isWithin, joinRanges } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import type { HourCache, UnitValue } from './hour-cache.ts';
import type { WrittenHours } from './written-hours.ts';

/** How the rows of an hour are stored. */
export interface HourRows {
  /** All lie in one part. A part has one version of each event, so the hour can be read without `FINAL`. */
  readonly isMerged: boolean;
  /** Versions and deleted rows included. */
  readonly rowCount: number;
}

export interface MergedHourSources {
  readonly engine: EventEngine;
  readonly hourRows: HourCache<HourRows>;
  readonly written: WrittenHours;
}

/** Which hours are read, and whether each event is there once. */
export interface HourSelection {
  readonly ranges: readonly HourRange[];
  readonly isMerged: boolean;
}

/** The hours of the ranges that have rows. Later merges keep what is said of them true, writes make it stale. */
export const readHourRows = (
  { engine, hourRows }: Omit<MergedHourSources, 'written'>,
  { projectIds, ranges }: { projectIds: readonly string[]; ranges: readonly HourRange[] },
): Promise<UnitValue<HourRows>[]> =>
  hourRows.read({
    key: JSON.stringify(projectIds),
    projectIds,
    hours: ranges,
    unitOf: hourUnit,
    async load(missing) {
      const scope = new SqlScope();
      const sql = `SELECT start_hour, toUInt8(min(_part) = max(_part)), count() FROM ${eventTable}
        WHERE project_id IN ${scope.list(projectIds)} AND ${hoursSql(missing)} GROUP BY start_hour`;
      return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
        hour: cursor.int64(),
        value: { isMerged: cursor.uint8() === 1, rowCount: cursor.uint64() },
      }));
    },
  });

/**
 * Reads whole hours, those in one part without `FINAL`, which costs up to ten times the rest of a query. Exact: an hour
 * that a write touched meanwhile is read again with it.
 */
export async function readWholeHours<Row>(
  sources: MergedHourSources,
  { projectIds, ranges }: { projectIds: readonly string[]; ranges: readonly HourRange[] },
  read: (selection: HourSelection) => Promise<readonly UnitValue<Row>[]>,
): Promise<UnitValue<Row>[]> {
  const moment = sources.written.now();
  const hours = await readHourRows(sources, { projectIds, ranges });
  const merged = toRanges(hours.filter(({ value }) => value.isMerged));
  const others = toRanges(hours.filter(({ value }) => !value.isMerged));
  const readSome = (some: readonly HourRange[], isMerged: boolean) =>
    some.length === 0 ? [] : read({ ranges: some, isMerged });
  const [once, final] = await Promise.all([readSome(merged, true), readSome(others, false)]);
  await sources.written.catchUp();
  const written = sources.written.since(projectIds, moment);
  const isStale = (hour: number): boolean =>
    (written === null || written.includes(hour)) && merged.some((range) => isWithin(hour, range));
  const stale = joinRanges(hours.flatMap(({ hour }) => (isStale(hour) ? [hourUnit(hour)] : [])));
  const again = await readSome(stale, false);
  return [...once.filter(({ hour }) => !isStale(hour)), ...final, ...again];
}

const toRanges = (hours: readonly UnitValue<HourRows>[]): HourRange[] =>
  joinRanges(hours.map(({ hour }) => hourUnit(hour)));
