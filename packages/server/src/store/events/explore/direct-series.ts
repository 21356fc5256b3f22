import type { ChartSeries, SeriesQuery, SeriesResult } from '../../../domain/explore-chart.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { readPoints } from '../reads/points.ts';
import type { PointGroup, PointGroups } from '../reads/points.ts';
import { groupSql, numberSql, summarySql } from '../sql/chart-sql.ts';
import type { NumberMetric } from '../sql/chart-sql.ts';
import { toExploreScope } from '../sql/explore-scope.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** `error` is no path to a number: whether a row has one is. */
export const metricOf = (path: readonly string[]): NumberMetric =>
  path.join('.') === 'error' ? 'hasError' : path;

interface TopGroups {
  readonly values: readonly (string | null)[];
  readonly groupCount: number;
}

/**
 * Series of rows that depend on others, or of groups too fine to be cached: the largest groups, found first; then their
 * points, and their totals.
 */
export async function aggregateSeries(
  engine: EventEngine,
  query: SeriesQuery,
  signal?: AbortSignal,
): Promise<SeriesResult> {
  const { rows, starts, aggregation, groupBy, isEstimated = false } = query;
  const top =
    groupBy === null
      ? { values: [null], groupCount: 1 }
      : await readTopGroups(engine, { ...query, groupBy }, signal);
  const groups: PointGroups =
    groupBy === null ? { by: 'none' } : { by: 'top', path: groupBy, values: top.values };
  const asked = { rows, groups, metric: metricOf(query.metric), aggregation, isEstimated };
  const [points, totals] = await Promise.all([
    readPoints(engine, { ...asked, buckets: starts }, signal),
    readPoints(engine, { ...asked, buckets: 'all' }, signal),
  ]);
  const placeOf = (group: PointGroup): number =>
    group === 'others' ? Infinity : top.values.indexOf(group.value);
  const series = totals
    .filter(({ numberCount }) => numberCount > 0)
    .map(({ group, value: total, numberCount: count }): ChartSeries => ({
      group,
      total,
      count,
      points: new Map(
        points.flatMap(({ bucketMs, group: other, value, numberCount: size }) =>
          value !== null && size > 0 && placeOf(other) === placeOf(group)
            ? [[bucketMs, value]]
            : [],
        ),
      ),
    }));
  return {
    series: series.toSorted((a, b) => placeOf(a.group) - placeOf(b.group)),
    groupCount: top.groupCount,
  };
}

async function readTopGroups(
  engine: EventEngine,
  query: SeriesQuery & { readonly groupBy: readonly string[] },
  signal?: AbortSignal,
): Promise<TopGroups> {
  const scope = new SqlScope();
  const group = groupSql(query.groupBy, scope);
  const number = scope.alias(
    numberSql({ metric: metricOf(query.metric), aggregation: query.aggregation }, scope),
  );
  const groups = `${scope.withClause()}SELECT ${group} AS value, ${summarySql(query, number).count} AS size ${toExploreScope(query.rows, scope)} GROUP BY value HAVING size > 0`;
  const sql = `SELECT value, count() OVER () FROM (${groups}) ORDER BY size DESC, value NULLS LAST LIMIT ${Math.trunc(query.top)}`;
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  const found = readRows(bytes, (cursor) => ({
    value: cursor.nullableString(),
    groupCount: cursor.uint64(),
  }));
  return { values: found.map(({ value }) => value), groupCount: found[0]?.groupCount ?? 0 };
}
