import type { ChartQuery } from '../../domain/event-query.ts';
import { QueryTooExpensive } from '../../domain/event-store.ts';
import type { ChartPoint } from '../../domain/event-store.ts';
import { aggregateSql, bucketSql, groupSql, metricSql } from './chart-sql.ts';
import type { EventEngine } from './engine.ts';
import { toEventScope } from './event-scope.ts';
import { keyOf } from './event-places.ts';
import { groupByHour } from './hour-cache.ts';
import type { HourCache, UnitValue } from './hour-cache.ts';
import { splitRange, unitOfBucket } from './hour-range.ts';
import type { HourRange } from './hour-range.ts';
import { readRows } from './row-binary.ts';
import { SqlScope } from './sql-scope.ts';

/** More points than any screen shows; beyond it the bucket is too narrow, or the grouping too fine. */
const maxPoints = 50_000;
const hourMs = 3_600_000;

export interface ChartSources {
  readonly engine: EventEngine;
  readonly points: HourCache<readonly ChartPoint[]>;
}

/**
 * Points by time, then group, the one without a group last. Buckets that lie whole in the range, and that nobody wrote
 * to since the last time, are not read again.
 */
export async function readChart(
  { engine, points }: ChartSources,
  query: ChartQuery,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { fromMs: _from, toMs: _to, ...unbounded } = query;
  const unitOf = unitOfBucket(query.bucket);
  const { inner, edges } = splitRange(query, unitOf);
  const load = async (
    asked: ChartQuery,
    ranges: readonly HourRange[],
  ): Promise<UnitValue<readonly ChartPoint[]>[]> => {
    const found = await readPoints(engine, { query: asked, ranges }, signal);
    return groupByHour(found, ({ bucketMs }) => unitOf(Math.floor(bucketMs / hourMs)).first);
  };
  const [whole, parts] = await Promise.all([
    inner === null
      ? []
      : points.read({
          key: keyOfChart(query),
          projectIds: query.projectIds,
          hours: [inner],
          unitOf,
          load: (ranges) => load(unbounded, ranges),
        }),
    edges.length === 0 ? [] : load(query, edges),
  ]);
  const all = [...whole, ...parts].toSorted((a, b) => a.hour - b.hour);
  return withinLimit(all.flatMap(({ value }) => value));
}

const keyOfChart = (query: ChartQuery): string => {
  const { metric, groupBy = null, bucket, aggregation } = query;
  return JSON.stringify([keyOf(query), metric, groupBy, bucket, aggregation]);
};

async function readPoints(
  engine: EventEngine,
  { query, ranges }: { query: ChartQuery; ranges: readonly HourRange[] },
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const scope = new SqlScope();
  const bucket = bucketSql(query.bucket, scope);
  const group = query.groupBy ? groupSql(query.groupBy, scope) : 'CAST(NULL AS Nullable(String))';
  const number = scope.alias(metricSql(query.metric, scope));
  const sql = `SELECT ${bucket} AS bucket, ${group} AS grouping, ${aggregateSql(query.aggregation, number)}, count()
    ${toEventScope(query, scope, ranges)} GROUP BY bucket, grouping ORDER BY bucket, grouping NULLS LAST LIMIT ${maxPoints + 1}`;
  const points = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    bucketMs: cursor.int64(),
    group: cursor.nullableString(),
    value: cursor.nullableFloat64(),
    count: cursor.uint64(),
  }));
  return withinLimit(points);
}

function withinLimit(points: ChartPoint[]): ChartPoint[] {
  if (points.length <= maxPoints) return points;
  throw new QueryTooExpensive(
    `The chart has more than ${maxPoints} points. Choose a wider bucket, a narrower time range or another grouping.`,
  );
}
