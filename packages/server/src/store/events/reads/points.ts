import type { ChartQuery, EventQuery } from '../../../domain/event-query.ts';
import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { failedSql, toExploreScope } from '../sql/explore-scope.ts';
import { bucketSql, groupSql, numberSql, summarySql } from '../sql/chart-sql.ts';
import type { NumberMetric } from '../sql/chart-sql.ts';
import { toEventScope } from '../sql/event-scope.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Numbers of rows by bucket of time and by group. */
export interface PointsQuery {
  /** Events as the REST API filters them, in some hours; or rows of a list of the web UI. */
  readonly rows:
    | { readonly events: EventQuery; readonly hours: readonly HourRange[] }
    | ExploreQuery;
  /** Calendar units in UTC; edges in epoch milliseconds, ascending; `all`: the whole time is one bucket, 0. */
  readonly buckets: ChartQuery['bucket'] | readonly number[] | 'all';
  readonly groups: PointGroups;
  readonly metric: NumberMetric;
  readonly aggregation: ChartQuery['aggregation'];
  /** Whether the numbers are of all rows that the sample stands for. */
  readonly isEstimated?: boolean;
  /** Points read at most, the earliest first. Default: all. */
  readonly limit?: number;
}

export type PointGroups =
  | { readonly by: 'none' }
  | { readonly by: 'value'; readonly path: readonly string[] }
  /** Values with a separate group; all other values are one group. */
  | {
      readonly by: 'top';
      readonly path: readonly string[];
      readonly values: readonly (string | null)[];
    }
  /** `error` or `ok`. */
  | { readonly by: 'outcome' };

/** A value, null for rows without one, or all values beyond the top ones. */
export type PointGroup = { readonly value: string | null } | 'others';

export interface Point {
  /** Start of the bucket, epoch milliseconds. */
  readonly bucketMs: number;
  readonly group: PointGroup;
  /** null when no row has the number. */
  readonly value: number | null;
  /** All rows. */
  readonly count: number;
  /** Rows that have the number. */
  readonly numberCount: number;
}

/** A column of the result: how it is computed, and how it is read. */
interface Column<Value> {
  readonly sql: string;
  readonly read: (cursor: RowBinaryCursor) => Value;
}

/**
 * The points, by bucket, then group, those without a value last. Charts of the REST API and of the web UI, and
 * histograms, all read their numbers here: another way to store or cache them belongs behind this function.
 */
export async function readPoints(
  engine: EventEngine,
  query: PointsQuery,
  signal?: AbortSignal,
): Promise<Point[]> {
  const scope = new SqlScope();
  const bucket = bucketColumn(query.buckets, scope);
  const group = groupColumn(query, scope);
  const number = scope.alias(numberSql(query, scope));
  const { value, count } = summarySql(query, number);
  const limit = query.limit === undefined ? '' : ` LIMIT ${Math.trunc(query.limit)}`;
  const sql = `SELECT ${bucket.sql} AS bucket, ${group.sql} AS grouping, ${value}, count(), ${count}
    ${fromSql(query, scope)} GROUP BY bucket, grouping ORDER BY bucket, grouping NULLS LAST${limit}`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    bucketMs: bucket.read(cursor),
    group: group.read(cursor),
    value: cursor.nullableFloat64(),
    count: cursor.uint64(),
    numberCount: cursor.float64(),
  }));
}

const fromSql = ({ rows }: PointsQuery, scope: SqlScope): string =>
  'events' in rows ? toEventScope(rows.events, scope, rows.hours) : toExploreScope(rows, scope);

function bucketColumn(buckets: PointsQuery['buckets'], scope: SqlScope): Column<number> {
  if (buckets === 'all') return { sql: 'toUInt8(0)', read: (cursor) => cursor.uint8() };
  if (typeof buckets === 'string')
    return { sql: bucketSql(buckets, scope), read: (cursor) => cursor.int64() };
  return { sql: edgesSql(buckets), read: (cursor) => cursor.float64() };
}

/** The start of the bucket that a row lies in; edges are numbers of ours, never text of a caller. */
function edgesSql(starts: readonly number[]): string {
  const edges = starts.map((start) => {
    if (!Number.isFinite(start)) throw new RangeError(`expected an instant, got ${start}`);
    return `${start}.`;
  });
  return `roundDown(start_time, [${edges.join(',')}])`;
}

const noValue: PointGroup = { value: null };

function groupColumn({ groups, rows }: PointsQuery, scope: SqlScope): Column<PointGroup> {
  switch (groups.by) {
    case 'none':
      return {
        sql: 'toUInt8(0)',
        read(cursor) {
          cursor.uint8();
          return noValue;
        },
      };
    case 'value':
      return {
        sql: groupSql(groups.path, scope),
        read: (cursor) => ({ value: cursor.nullableString() }),
      };
    case 'top':
      return topColumn(groups, scope);
    case 'outcome':
      return {
        sql: 'events' in rows ? 'isNotNull(error)' : `toUInt8(${failedSql(rows, scope)})`,
        read: (cursor) => ({ value: cursor.uint8() === 1 ? 'error' : 'ok' }),
      };
  }
}

/** Place of a row's group among the top ones, from 1; 0 for all others. */
function topColumn(
  { path, values }: Extract<PointGroups, { by: 'top' }>,
  scope: SqlScope,
): Column<PointGroup> {
  const group = scope.alias(groupSql(path, scope));
  const places = values.flatMap((value, index) =>
    value === null ? [] : [`${group} = ${scope.text(value)}, ${index + 1}`],
  );
  const nullPlace = values.indexOf(null) + 1;
  return {
    sql: `toUInt8(multiIf(isNull(${group}), ${nullPlace}, ${[...places, '0'].join(', ')}))`,
    read(cursor) {
      const value = values[cursor.uint8() - 1];
      return value === undefined ? 'others' : { value };
    },
  };
}
