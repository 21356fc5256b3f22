import type {
  ChartSeries,
  GroupsQuery,
  HistogramPoint,
  RowGroup,
  SeriesQuery,
  SeriesResult,
  TimedQuery,
} from '../../../domain/explore-chart.ts';
import { groupSql } from '../sql/chart-sql.ts';
import { isCountedSql } from '../sql/counted-use.ts';
import { costSumSql } from '../sql/cost-sum.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { numberSql, readPoints } from '../reads/points.ts';
import type { PointGroup, PointGroups, PointsQuery } from '../reads/points.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { failedSql, sumsSql, toExploreScope } from '../sql/explore-scope.ts';

/** Rows by bucket; buckets without any are left out. */
export async function readHistogram(
  engine: EventEngine,
  { rows, starts }: TimedQuery,
  signal?: AbortSignal,
): Promise<HistogramPoint[]> {
  const points = await readPoints(
    engine,
    { rows, buckets: starts, groups: { by: 'outcome' }, metric: null, aggregation: 'count' },
    signal,
  );
  const byStart = new Map<number, HistogramPoint>();
  for (const { bucketMs: start, group, count } of points) {
    const before = byStart.get(start) ?? { start, ok: 0, error: 0 };
    const isError = group !== 'others' && group.value === 'error';
    byStart.set(start, { ...before, [isError ? 'error' : 'ok']: count });
  }
  return [...byStart.values()];
}

const metricOf = (path: readonly string[]): PointsQuery['metric'] =>
  path.join('.') === 'error' ? 'hasError' : path;

interface TopGroups {
  readonly values: readonly (string | null)[];
  readonly groupCount: number;
}

/** Series of the largest groups, found first; then their points, and their totals. */
export async function readSeries(
  engine: EventEngine,
  query: SeriesQuery,
  signal?: AbortSignal,
): Promise<SeriesResult> {
  const { rows, starts, aggregation, groupBy } = query;
  const top =
    groupBy === null
      ? { values: [null], groupCount: 1 }
      : await readTopGroups(engine, { ...query, groupBy }, signal);
  const groups: PointGroups =
    groupBy === null ? { by: 'none' } : { by: 'top', path: groupBy, values: top.values };
  const asked = { rows, groups, metric: metricOf(query.metric), aggregation };
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
        points.flatMap(({ bucketMs, group: other, value }) =>
          value !== null && placeOf(other) === placeOf(group) ? [[bucketMs, value]] : [],
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
  const groups = `${scope.withClause()}SELECT ${group} AS value, count(${number}) AS size ${toExploreScope(query.rows, scope)} GROUP BY value HAVING size > 0`;
  const sql = `SELECT value, count() OVER () FROM (${groups}) ORDER BY size DESC, value NULLS LAST LIMIT ${Math.trunc(query.top)}`;
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  const found = readRows(bytes, (cursor) => ({
    value: cursor.nullableString(),
    groupCount: cursor.uint64(),
  }));
  return { values: found.map(({ value }) => value), groupCount: found[0]?.groupCount ?? 0 };
}

const groupColumns = {
  value: 'value',
  count: 'size',
  error_count: 'failures',
  p50_ms: 'p50',
  p95_ms: 'p95',
  total_tokens: 'tokens',
  cost_usd: 'total_cost',
} as const satisfies Record<GroupsQuery['sort']['field'], string>;

/** Groups with their sums, and how many there are in all. */
export async function readGroups(
  engine: EventEngine,
  query: GroupsQuery,
  signal?: AbortSignal,
): Promise<{ groups: RowGroup[]; groupCount: number }> {
  const scope = new SqlScope();
  const percentile = (share: number): string =>
    `CAST(quantileExactInclusiveIf(${share})(ms, ms > 0) AS Nullable(Float64))`;
  const finite = (sql: string): string => `if(isFinite(${sql}), ${sql}, NULL)`;
  const groups = `SELECT value, count() AS size, countIf(failed) AS failures, ${finite(percentile(0.5))} AS p50, ${finite(percentile(0.95))} AS p95, sum(tokens) AS tokens, ${costSumSql('cost')} AS total_cost FROM (${membersSql(query, scope)}) GROUP BY value`;
  const { field, isDescending } = query.sort;
  const order = `${groupColumns[field]} ${isDescending ? 'DESC' : 'ASC'} NULLS LAST, value NULLS LAST`;
  const sql = `SELECT *, count() OVER () FROM (${groups}) ORDER BY ${order} LIMIT ${Math.trunc(query.limit)}`;
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  const found = readRows(bytes, (cursor) => ({
    group: {
      value: cursor.nullableString(),
      count: cursor.uint64(),
      errorCount: cursor.uint64(),
      p50Ms: cursor.nullableFloat64(),
      p95Ms: cursor.nullableFloat64(),
      totalTokens: cursor.float64(),
      costUsd: cursor.float64(),
    },
    groupCount: cursor.uint64(),
  }));
  return { groups: found.map(({ group }) => group), groupCount: found[0]?.groupCount ?? 0 };
}

/** The rows of all groups: sessions with what their events add up to. */
function membersSql({ rows, groupBy }: GroupsQuery, scope: SqlScope): string {
  const group = groupSql(groupBy, scope);
  const from = toExploreScope(rows, scope);
  const failed = `toUInt8(${failedSql(rows, scope)}) AS failed`;
  if (rows.scope === 'events')
    return `${scope.withClause()}SELECT ${group} AS value, ${failed}, duration AS ms, if(${isCountedSql('total_tokens')}, total_tokens, 0) AS tokens, if(${isCountedSql('cost_usd')}, cost_usd, 0) AS cost ${from}`;
  const roots = `${scope.withClause()}SELECT session_id, ${group} AS value, ${failed} ${from}`;
  return `SELECT value, failed, duration AS ms, total_tokens AS tokens, cost_usd AS cost FROM (${roots}) AS roots LEFT JOIN (${sumsSql(rows, scope, {})}) AS sums USING (session_id)`;
}
