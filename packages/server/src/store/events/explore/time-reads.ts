import type {
  ChartSeries,
  GroupsQuery,
  HistogramPoint,
  RowGroup,
  SeriesQuery,
  SeriesResult,
  TimedQuery,
} from '../../../domain/explore-chart.ts';
import { aggregateSql, groupSql, metricSql } from '../sql/chart-sql.ts';
import { costSumSql } from '../sql/cost-sum.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { failedSql, sumsSql, toExploreScope } from './explore-scope.ts';

/** The start of the bucket that a row lies in; edges are numbers of ours, never text of a caller. */
function bucketSql(starts: readonly number[]): string {
  const edges = starts.map((start) => {
    if (!Number.isFinite(start)) throw new RangeError(`expected an instant, got ${start}`);
    return `${start}.`;
  });
  return `roundDown(start_time, [${edges.join(',')}])`;
}

/** Rows by bucket; buckets without any are left out. */
export async function readHistogram(
  engine: EventEngine,
  { rows, starts }: TimedQuery,
  signal?: AbortSignal,
): Promise<HistogramPoint[]> {
  const scope = new SqlScope();
  const from = toExploreScope(rows, scope);
  const isFailed = failedSql(rows, scope);
  const sql = `SELECT ${bucketSql(starts)} AS bucket, countIf(NOT (${isFailed})), countIf(${isFailed}) ${from} GROUP BY bucket ORDER BY bucket`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    start: cursor.float64(),
    ok: cursor.uint64(),
    error: cursor.uint64(),
  }));
}

const noGroup = 'CAST(NULL AS Nullable(String))';

const numberSql = (path: readonly string[], scope: SqlScope): string =>
  path.join('.') === 'error'
    ? 'CAST(isNotNull(error) AS Nullable(Float64))'
    : metricSql(path, scope);

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
  const top =
    query.groupBy === null
      ? { values: [null], groupCount: 1 }
      : await readTopGroups(engine, query, signal);
  const [points, totals] = await Promise.all([
    readPoints(engine, { query, top }, signal),
    readTotals(engine, { query, top }, signal),
  ]);
  const series = totals.map(({ place, total, count }): ChartSeries => {
    const value = top.values[place - 1];
    return {
      group: value === undefined ? 'others' : { value },
      total,
      count,
      points: new Map(
        points.flatMap((point) =>
          point.place === place && point.value !== null ? [[point.start, point.value]] : [],
        ),
      ),
    };
  });
  const order = (one: ChartSeries): number =>
    one.group === 'others' ? Infinity : top.values.indexOf(one.group.value);
  return {
    series: series.toSorted((a, b) => order(a) - order(b)),
    groupCount: top.groupCount,
  };
}

async function readTopGroups(
  engine: EventEngine,
  query: SeriesQuery,
  signal?: AbortSignal,
): Promise<TopGroups> {
  const scope = new SqlScope();
  const group = query.groupBy === null ? noGroup : groupSql(query.groupBy, scope);
  const number = scope.alias(numberSql(query.metric, scope));
  const groups = `${scope.withClause()}SELECT ${group} AS value, count(${number}) AS size ${toExploreScope(query.rows, scope)} GROUP BY value HAVING size > 0`;
  const sql = `SELECT value, count() OVER () FROM (${groups}) ORDER BY size DESC, value NULLS LAST LIMIT ${Math.trunc(query.top)}`;
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  const found = readRows(bytes, (cursor) => ({
    value: cursor.nullableString(),
    groupCount: cursor.uint64(),
  }));
  return { values: found.map(({ value }) => value), groupCount: found[0]?.groupCount ?? 0 };
}

interface PlacedQuery {
  readonly query: SeriesQuery;
  readonly top: TopGroups;
}

/** Place of a row's group among the largest, from 1; 0 for all others. */
function placeSql({ query, top }: PlacedQuery, scope: SqlScope): string {
  if (query.groupBy === null) return '1';
  const group = scope.alias(groupSql(query.groupBy, scope));
  const places = top.values.flatMap((value, index) =>
    value === null ? [] : [`${group} = ${scope.text(value)}, ${index + 1}`],
  );
  const nullPlace = top.values.indexOf(null) + 1;
  return `multiIf(isNull(${group}), ${nullPlace}, ${[...places, '0'].join(', ')})`;
}

async function readPoints(
  engine: EventEngine,
  placed: PlacedQuery,
  signal?: AbortSignal,
): Promise<{ place: number; start: number; value: number | null }[]> {
  const scope = new SqlScope();
  const { rows, starts, metric, aggregation } = placed.query;
  const number = scope.alias(numberSql(metric, scope));
  const place = placeSql(placed, scope);
  const sql = `SELECT toUInt8(${place}) AS place, ${bucketSql(starts)} AS bucket, ${aggregateSql(aggregation, number)} ${toExploreScope(rows, scope)} GROUP BY place, bucket`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    place: cursor.uint8(),
    start: cursor.float64(),
    value: cursor.nullableFloat64(),
  }));
}

async function readTotals(
  engine: EventEngine,
  placed: PlacedQuery,
  signal?: AbortSignal,
): Promise<{ place: number; total: number | null; count: number }[]> {
  const scope = new SqlScope();
  const { rows, metric, aggregation } = placed.query;
  const number = scope.alias(numberSql(metric, scope));
  const place = placeSql(placed, scope);
  const sql = `SELECT toUInt8(${place}) AS place, ${aggregateSql(aggregation, number)}, count(${number}) AS size ${toExploreScope(rows, scope)} GROUP BY place HAVING size > 0`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    place: cursor.uint8(),
    total: cursor.nullableFloat64(),
    count: cursor.uint64(),
  }));
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
    return `${scope.withClause()}SELECT ${group} AS value, ${failed}, duration AS ms, total_tokens AS tokens, cost_usd AS cost ${from}`;
  const roots = `${scope.withClause()}SELECT session_id, ${group} AS value, ${failed} ${from}`;
  return `SELECT value, failed, duration AS ms, total_tokens AS tokens, cost_usd AS cost FROM (${roots}) AS roots LEFT JOIN (${sumsSql(rows, scope, {})}) AS sums USING (session_id)`;
}
