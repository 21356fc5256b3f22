import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { readHourRows } from '../hours/merged-hours.ts';
import type { MergedHourSources } from '../hours/merged-hours.ts';
import { hoursSql, hourUnit, splitRange } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { justBefore } from './explore-tally.ts';
import type { HourCount } from '../sql/list-window.ts';
import { readRows } from '../engine/row-binary.ts';
import { toExploreScope } from '../sql/explore-scope.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { rowConditions } from '../sql/session-range.ts';
import type { HourWindow } from '../sql/session-range.ts';

/** Rows by hour, newest first; what filters leave out counts too. */
export async function readHours(
  engine: EventEngine,
  {
    rows,
    window = {},
    ranges,
  }: { rows: ExploreQuery; window?: HourWindow; ranges?: readonly HourRange[] },
  signal?: AbortSignal,
): Promise<HourCount[]> {
  const scope = new SqlScope();
  const hours = ranges === undefined ? [] : [hoursSql(ranges)];
  const where = [...rowConditions(rows, scope, window), ...hours].join(' AND ');
  const sql = `SELECT start_hour, count() FROM ${eventTable} WHERE ${where} GROUP BY start_hour ORDER BY start_hour DESC`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    hour: cursor.int64(),
    rowCount: cursor.uint64(),
  }));
}

/** The most recent hours of a range that have enough rows to tell what the others are like. */
export interface RecentSample {
  readonly window: HourWindow;
  readonly isSampled: boolean;
  /** Rows of the whole range. */
  readonly rowCount: number;
}

/** Rows by hour, newest first, whole hours cached; roots of sessions may lie outside of the range. */
async function countHours(
  sources: SampleSources,
  rows: ExploreQuery,
  signal?: AbortSignal,
): Promise<HourCount[]> {
  const { projectId, scope, fromMs, beforeMs } = rows;
  if (scope === 'sessions') return readHours(sources.engine, { rows }, signal);
  const range = {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(beforeMs === undefined ? {} : { toMs: justBefore(beforeMs) }),
  };
  const { inner, edges } = splitRange(range, hourUnit);
  const [whole, parts] = await Promise.all([
    inner === null ? [] : readHourRows(sources, { projectIds: [projectId], ranges: [inner] }),
    edges.length === 0 ? [] : readHours(sources.engine, { rows, ranges: edges }, signal),
  ]);
  const counts = whole.map(({ hour, value: { rowCount } }) => ({ hour, rowCount }));
  return [...counts, ...parts].toSorted((a, b) => b.hour - a.hour);
}

export type SampleSources = Pick<MergedHourSources, 'engine' | 'hourRows'>;

/** @param size rows that are enough */
export async function planSample(
  sources: SampleSources,
  { rows, size }: { rows: ExploreQuery; size: number },
  signal?: AbortSignal,
): Promise<RecentSample> {
  const hours = await countHours(sources, rows, signal);
  const rowCount = hours.reduce((sum, hour) => sum + hour.rowCount, 0);
  let seen = 0;
  for (const { hour, rowCount: count } of hours) {
    seen += count;
    if (seen >= size) return { window: { fromHour: hour }, isSampled: seen < rowCount, rowCount };
  }
  return { window: {}, isSampled: false, rowCount };
}

/**
 * The most recent rows, as `FROM … WHERE …`. They are found by few columns first: what is read of each, all of its
 * payloads, is read of no other row.
 */
export function toSampleScope(
  rows: ExploreQuery,
  scope: SqlScope,
  { window, size }: { window: HourWindow; size: number },
): string {
  const keys = scope.inner();
  const from = toExploreScope(rows, keys, window);
  const latest = `${keys.withClause()}SELECT event_id, version ${from} ORDER BY start_time DESC LIMIT ${Math.trunc(size)}`;
  const where = rowConditions(rows, scope, window).join(' AND ');
  return `FROM ${eventTable} WHERE ${where} AND (event_id, version) IN (${latest}) LIMIT 1 BY event_id`;
}
