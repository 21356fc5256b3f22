import type { ChartQuery } from '../../domain/event-query.ts';
import { QueryTooExpensive } from '../../domain/event-store.ts';
import type { ChartPoint } from '../../domain/event-store.ts';
import { aggregateSql, bucketSql, groupSql, metricSql } from './chart-sql.ts';
import type { EventEngine } from './engine.ts';
import { toEventScope } from './event-scope.ts';
import { readRows } from './row-binary.ts';
import { SqlScope } from './sql-scope.ts';

/** More points than any screen shows; beyond it the bucket is too narrow, or the grouping too fine. */
const maxPoints = 50_000;

/** Points by time, then group, the one without a group last. */
export async function readChart(
  engine: EventEngine,
  query: ChartQuery,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const scope = new SqlScope();
  const bucket = bucketSql(query.bucket, scope);
  const group = query.groupBy ? groupSql(query.groupBy, scope) : 'CAST(NULL AS Nullable(String))';
  const number = scope.alias(metricSql(query.metric, scope));
  const sql = `SELECT ${bucket} AS bucket, ${group} AS grouping, ${aggregateSql(query.aggregation, number)}, count()
    ${toEventScope(query, scope)} GROUP BY bucket, grouping ORDER BY bucket, grouping NULLS LAST LIMIT ${maxPoints + 1}`;
  const points = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    bucketMs: cursor.int64(),
    group: cursor.nullableString(),
    value: cursor.nullableFloat64(),
    count: cursor.uint64(),
  }));
  if (points.length > maxPoints) {
    throw new QueryTooExpensive(
      `The chart has more than ${maxPoints} points. Choose a wider bucket, a narrower time range or another grouping.`,
    );
  }
  return points;
}
