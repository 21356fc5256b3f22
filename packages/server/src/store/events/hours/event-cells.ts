import type { EventQuery } from '../../../domain/event-query.ts';
import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { RowBinaryCursor } from '../engine/row-binary.ts';
import { groupSql, isScalable, numberSql, summarySql } from '../sql/chart-sql.ts';
import type { Aggregation, NumberMetric } from '../sql/chart-sql.ts';
import { toEventScope } from '../sql/event-scope.ts';
import { hourUnit, splitRange } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { keyOf } from './event-positions.ts';
import { groupByHour } from './hour-cache.ts';
import type { HourCache, UnitValue } from './hour-cache.ts';
import { readHourRows, readWholeHours } from './merged-hours.ts';
import type { HourSelection, MergedHourSources } from './merged-hours.ts';

/** Rows of one group in one part of an hour, and what their numbers come to. */
export interface Cell {
  /** Start, epoch milliseconds. */
  readonly startMs: number;
  /** null: rows without a value. */
  readonly group: string | null;
  readonly count: number;
  /** In the order of the query. */
  readonly numbers: readonly CellNumber[];
}

export interface CellNumber {
  /** Rows that have the number; where it is estimated, those that they stand for. */
  readonly count: number;
  /** Their sum, least or greatest one; 0 without rows, and where `values` has all. */
  readonly value: number;
  /** For percentiles all of them, ascending; for `distinct` all different ones. */
  readonly values: Float64Array;
}

export interface NumberQuery {
  readonly metric: NumberMetric;
  readonly aggregation: Aggregation;
  /** Whether counts, sums and averages are of all rows that the sample stands for. */
  readonly isEstimated?: boolean;
}

export type CellGroups =
  | { readonly by: 'none' }
  | { readonly by: 'value'; readonly path: readonly string[] }
  /** `error` or `ok`. */
  | { readonly by: 'outcome' };

export interface CellsQuery {
  readonly events: EventQuery;
  /** Where hours are cut, milliseconds from their start, ascending, the first one 0. */
  readonly cuts: readonly number[];
  readonly groups: CellGroups;
  readonly numbers: readonly NumberQuery[];
}

export interface CellSources extends MergedHourSources {
  readonly cells: HourCache<readonly Cell[]>;
}

/** A grouping that is finer than this cannot be cached by hour. */
const maxCells = 200_000;
/** Of more rows, not all numbers are cached: 48 MB. */
const maxNumbers = 6_000_000;

/** Bytes of a cell in memory, about. */
export const weighCells = (cells: readonly Cell[]): number =>
  cells.reduce(
    (bytes, { numbers }) =>
      bytes + 100 + numbers.reduce((sum, { values }) => sum + 60 + values.byteLength, 0),
    100,
  );

const hourMs = 3_600_000;

/**
 * The cells of a query, by time. Whole hours that nobody wrote to since the last time are not read again; the parts of
 * hours at the ends of the range are read each time.
 *
 * @returns null if they are too many to cache: then the engine has to aggregate them
 */
export async function readCells(
  sources: CellSources,
  query: CellsQuery,
  signal?: AbortSignal,
): Promise<Cell[] | null> {
  const { edges } = splitRange(query.events, hourUnit);
  try {
    const [whole, parts] = await Promise.all([
      readWholeCells(sources, query, signal),
      edges.length === 0
        ? []
        : loadCells(
            sources.engine,
            { query, selection: { ranges: edges, isMerged: false } },
            signal,
          ),
    ]);
    return whole && [...whole, ...parts.flatMap(({ value }) => value)];
  } catch (error) {
    if (error instanceof QueryTooExpensive) return null;
    throw error;
  }
}

/**
 * The cells of the whole hours of the range alone.
 *
 * @returns null if they are too many to cache
 */
export async function readWholeCells(
  sources: CellSources,
  query: CellsQuery,
  signal?: AbortSignal,
): Promise<Cell[] | null> {
  const { inner } = splitRange(query.events, hourUnit);
  if (inner === null) return [];
  if (!(await areCacheable(sources, query, inner))) return null;
  try {
    const whole = await readInner(sources, { query, hours: inner }, signal);
    return whole.flatMap(({ value }) => value);
  } catch (error) {
    if (error instanceof QueryTooExpensive) return null;
    throw error;
  }
}

const isPercentile = (aggregation: Aggregation): boolean => aggregation.startsWith('p');

async function areCacheable(
  sources: CellSources,
  { events, numbers }: CellsQuery,
  hours: HourRange,
): Promise<boolean> {
  if (!numbers.some(({ aggregation }) => isPercentile(aggregation))) return true;
  const { projectIds } = events;
  const rows = await readHourRows(sources, { projectIds, ranges: [hours] });
  return rows.reduce((sum, { value }) => sum + value.rowCount, 0) <= maxNumbers;
}

function readInner(
  sources: CellSources,
  { query, hours }: { query: CellsQuery; hours: HourRange },
  signal?: AbortSignal,
): Promise<UnitValue<readonly Cell[]>[]> {
  const { fromMs: _from, toMs: _to, ...events } = query.events;
  const unbounded = { ...query, events };
  return sources.cells.read({
    key: keyOfCells(query),
    projectIds: events.projectIds,
    hours: [hours],
    unitOf: hourUnit,
    load: (ranges) =>
      readWholeHours(sources, { projectIds: events.projectIds, ranges }, (selection) =>
        loadCells(sources.engine, { query: unbounded, selection }, signal),
      ),
  });
}

function keyOfCells({ events, cuts, groups, numbers }: CellsQuery): string {
  const kinds = numbers.map(({ metric, aggregation, isEstimated = false }) => [
    metric,
    kindOf(aggregation),
    isEstimated && isScalable(aggregation),
  ]);
  return JSON.stringify([keyOf(events), cuts, groups, kinds]);
}

type CellKind = 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct' | 'values';

const kindOf = (aggregation: Aggregation): CellKind => {
  switch (aggregation) {
    case 'count':
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'distinct':
      return aggregation;
    default:
      return 'values';
  }
};

const noValues = `CAST([], 'Array(Float64)')`;
const orZero = (sql: string): string => `toFloat64(ifNull(${sql}, 0))`;

/** The value of a kind, and all values. */
const kindSql: Readonly<
  Record<CellKind, (number: string, sum: string) => readonly [string, string]>
> = {
  count: () => ['toFloat64(0)', noValues],
  sum: (_number, sum) => [sum, noValues],
  avg: (_number, sum) => [sum, noValues],
  min: (number) => [orZero(`min(${number})`), noValues],
  max: (number) => [orZero(`max(${number})`), noValues],
  distinct: (number) => ['toFloat64(0)', `groupUniqArray(assumeNotNull(${number}))`],
  values: (number) => [
    'toFloat64(0)',
    `arraySort(groupArrayIf(assumeNotNull(${number}), isNotNull(${number})))`,
  ],
};

/** Columns of a number in a cell: how many rows have it, its value, all values. */
export function cellNumberSql(asked: NumberQuery, number: string): readonly string[] {
  const { count, sum } = summarySql(asked, number);
  return [count, ...kindSql[kindOf(asked.aggregation)](number, sum)];
}

async function loadCells(
  engine: EventEngine,
  { query, selection }: { query: CellsQuery; selection: HourSelection },
  signal?: AbortSignal,
): Promise<UnitValue<readonly Cell[]>[]> {
  const scope = new SqlScope();
  const numbers = query.numbers.flatMap((asked) =>
    cellNumberSql(asked, scope.alias(numberSql(asked, scope))),
  );
  const columns = [
    'start_hour',
    `${placeSql(query.cuts)} AS place`,
    `${cellGroupSql(query.groups, scope)} AS grouping`,
    'count()',
    ...numbers,
  ];
  const { ranges, isMerged } = selection;
  const from = toEventScope({ ...query.events, isMerged }, scope, ranges);
  const sql = `SELECT ${columns.join(', ')} ${from} GROUP BY start_hour, place, grouping ORDER BY start_hour, place LIMIT ${maxCells + 1}`;
  const cells = readCellRows(
    await engine.query(scope.statement(sql), signal),
    query.numbers.length,
  );
  if (cells.length > maxCells)
    throw new QueryTooExpensive(`The grouping has more than ${maxCells} parts.`);
  return groupByHour(cells, ({ startMs }) => Math.floor(startMs / hourMs));
}

/** Where in its hour an event begins: at the last cut before it. Cuts are numbers of ours. */
function placeSql(cuts: readonly number[]): string {
  if (cuts.length === 1) return 'toFloat64(0)';
  return `roundDown(start_time - start_hour * ${hourMs}, [${cuts.map((cut) => `${cut}.`).join(', ')}])`;
}

function cellGroupSql(groups: CellGroups, scope: SqlScope): string {
  switch (groups.by) {
    case 'none':
      return 'CAST(NULL AS Nullable(String))';
    case 'value':
      return groupSql(groups.path, scope);
    case 'outcome':
      return `toNullable(if(isNotNull(error), 'error', 'ok'))`;
  }
}

function readCellRows(bytes: Buffer, numberCount: number): Cell[] {
  const cursor = new RowBinaryCursor(bytes);
  const cells: Cell[] = [];
  // Groups come again in every hour: kept once.
  const names = new Map<string, string>();
  const nameOf = (text: string | null): string | null => {
    if (text === null) return null;
    const known = names.get(text);
    if (known === undefined) names.set(text, text);
    return known ?? text;
  };
  while (cursor.hasNext())
    cells.push({
      startMs: cursor.int64() * hourMs + cursor.float64(),
      group: nameOf(cursor.nullableString()),
      count: cursor.uint64(),
      numbers: Array.from({ length: numberCount }, () => ({
        count: cursor.float64(),
        value: cursor.float64(),
        values: cursor.float64Array(),
      })),
    });
  return cells;
}
