import type { GroupsQuery, RowGroup } from '../../../domain/explore-chart.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import type { Cell, CellSources, NumberQuery } from '../hours/event-cells.ts';
import { cellsBy, compareGroups, mergeCells } from '../hours/merge-cells.ts';
import { countUpTo, quantile } from '../../../domain/sorted-numbers.ts';
import { groupSql } from '../sql/chart-sql.ts';
import { costSumSql, roundCost } from '../sql/cost-sum.ts';
import { isCountedSql } from '../sql/counted-use.ts';
import { failedSql, sumsSql, toExploreScope } from '../sql/explore-scope.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { readCellsOf } from './cells-of-rows.ts';

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
  sources: CellSources,
  query: GroupsQuery,
  signal?: AbortSignal,
): Promise<GroupsResult> {
  const { rows, groupBy, sort, limit } = query;
  // What events of sessions add up to depends on others.
  const cells =
    rows.scope === 'sessions'
      ? null
      : await readCellsOf(
          sources,
          { rows, groups: { by: 'value', path: groupBy }, numbers: groupNumbers },
          signal,
        );
  if (cells === null) return aggregateGroups(sources.engine, query, signal);
  const groups = [...cellsBy(cells, ({ group }) => group)].map(([value, members]) =>
    toGroup(value, members),
  );
  return {
    groups: groups.toSorted((a, b) => compareBy(sort, a, b)).slice(0, limit),
    groupCount: groups.length,
  };
}

export interface GroupsResult {
  readonly groups: RowGroup[];
  readonly groupCount: number;
}

const groupNumbers: readonly NumberQuery[] = [
  { metric: 'hasError', aggregation: 'sum' },
  { metric: ['duration'], aggregation: 'p50' },
  { metric: ['total_tokens'], aggregation: 'sum' },
  { metric: ['cost_usd'], aggregation: 'sum' },
];

function toGroup(value: string | null, cells: readonly Cell[]): RowGroup {
  const { count, numbers } = mergeCells(cells, groupNumbers);
  const [failures, , tokens, cost] = numbers;
  const durations = cells.flatMap(({ numbers: [, { values } = noNumber] }) => positive(values));
  return {
    value,
    count,
    errorCount: failures?.value ?? 0,
    p50Ms: quantile(durations, 0.5),
    p95Ms: quantile(durations, 0.95),
    totalTokens: tokens?.value ?? 0,
    costUsd: roundCost(cost?.value ?? 0),
  };
}

const noNumber = { values: new Float64Array() };

/** What has no duration yet has 0. */
const positive = (values: Float64Array): Float64Array => values.subarray(countUpTo(values, 0));

const readings = {
  value: ({ value }) => value,
  count: ({ count }) => count,
  error_count: ({ errorCount }) => errorCount,
  p50_ms: ({ p50Ms }) => p50Ms,
  p95_ms: ({ p95Ms }) => p95Ms,
  total_tokens: ({ totalTokens }) => totalTokens,
  cost_usd: ({ costUsd }) => costUsd,
} as const satisfies Record<
  GroupsQuery['sort']['field'],
  (group: RowGroup) => string | number | null
>;

/** As the engine orders them: those without the number last, those that are equal by value. */
function compareBy({ field, isDescending }: GroupsQuery['sort'], a: RowGroup, b: RowGroup): number {
  const [x, y] = [readings[field](a), readings[field](b)];
  if (x === null || y === null)
    return Number(x === null) - Number(y === null) || compareGroups(a.value, b.value);
  const sign = isDescending ? -1 : 1;
  const order =
    typeof x === 'string' || typeof y === 'string' ? compareGroups(String(x), String(y)) : x - y;
  return sign * order || compareGroups(a.value, b.value);
}

/** Groups of sessions, or those too fine to be cached by hour. */
async function aggregateGroups(
  engine: EventEngine,
  query: GroupsQuery,
  signal?: AbortSignal,
): Promise<GroupsResult> {
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
