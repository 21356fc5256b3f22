import type { EventQuery } from '../../../domain/event-query.ts';
import type { EventEngine, Statement } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { cellNumberSql } from '../hours/event-cells.ts';
import type { NumberQuery } from '../hours/event-cells.ts';
import { eventTable } from '../rows/event-row.ts';
import { groupSql, numberSql, summarySql } from '../sql/chart-sql.ts';
import { toFilterSql } from '../sql/filter-sql.ts';
import { hoursSql, joinRanges } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Some events of a project, and what is wanted of them. */
export interface EventSlice {
  /** Bounded; all slices of a read are about the same project. */
  readonly events: EventQuery;
  /** Others are left out. */
  readonly hours: readonly HourRange[];
  readonly groupBy: readonly string[] | null;
  readonly numbers: readonly NumberQuery[];
  /** Whether the numbers are merged with others: then they are those of cells. */
  readonly isMerged: boolean;
}

export interface SliceNumber {
  readonly count: number;
  /** null without events. */
  readonly value: number | null;
  /** Empty unless merged. */
  readonly values: Float64Array;
}

export interface SliceReading {
  readonly groups: readonly { readonly group: string | null; readonly numbers: SliceNumber[] }[];
  /** Those beyond the limit among them. */
  readonly groupCount: number;
}

/** Each number of which anything is read, and the slices that want it. */
interface NumberColumn {
  readonly number: NumberQuery;
  readonly isMerged: boolean;
  readonly slices: number[];
}

/**
 * Reads several slices of a project in one pass over its events: each row counts once for every slice that it belongs
 * to. With ten slices that costs little more than with one, because finding the latest versions is most of it.
 *
 * @param limit most groups of a slice that are read, any of them
 * @returns in the order of the slices
 */
export async function readSlices(
  engine: EventEngine,
  { slices, limit }: { readonly slices: readonly EventSlice[]; readonly limit: number },
  signal?: AbortSignal,
): Promise<SliceReading[]> {
  const columns = toColumns(slices);
  const bytes = await engine.query(toStatement(slices, columns, limit), signal);
  const rows = readRows(bytes, (cursor) => ({
    slice: cursor.uint8(),
    group: cursor.nullableString(),
    numbers: columns.map(() => ({
      count: cursor.float64(),
      value: cursor.nullableFloat64(),
      values: cursor.float64Array(),
    })),
    groupCount: cursor.uint64(),
  }));
  return slices.map(({ numbers, isMerged }, index) => {
    const places = numbers.map((number) => indexOfColumn(columns, number, isMerged));
    const found = rows.filter(({ slice }) => slice === index);
    return {
      groups: found.map((row) => ({
        group: row.group,
        numbers: places.map((place) => row.numbers[place] ?? nothing),
      })),
      groupCount: found[0]?.groupCount ?? 0,
    };
  });
}

const nothing: SliceNumber = { count: 0, value: null, values: new Float64Array() };

function toColumns(slices: readonly EventSlice[]): NumberColumn[] {
  const columns: NumberColumn[] = [];
  for (const [index, { numbers, isMerged }] of slices.entries())
    for (const number of numbers) {
      const known = columns[indexOfColumn(columns, number, isMerged)];
      if (known) known.slices.push(index);
      else columns.push({ number, isMerged, slices: [index] });
    }
  return columns;
}

const indexOfColumn = (
  columns: readonly NumberColumn[],
  number: NumberQuery,
  isMerged: boolean,
): number =>
  columns.findIndex(
    (column) =>
      column.isMerged === isMerged && JSON.stringify(column.number) === JSON.stringify(number),
  );

function toStatement(
  slices: readonly EventSlice[],
  columns: readonly NumberColumn[],
  limit: number,
): Statement {
  const scope = new SqlScope();
  const rows = rowsSql(slices, scope.inner());
  const numbers = columns.flatMap((column) => columnSql(column, slices.length, scope));
  const group = sliceGroupSql(slices, scope);
  const groups = `SELECT slice, ${group} AS grouping, ${numbers.join(', ')} FROM (${rows}) GROUP BY slice, grouping`;
  const sql = `${scope.withClause()}${groups}`;
  return {
    sql: `SELECT *, count() OVER (PARTITION BY slice) FROM (${sql}) LIMIT ${Math.trunc(limit)} BY slice`,
    params: scope.params(),
  };
}

/** Each row of the slices, once for every slice that it belongs to. */
function rowsSql(slices: readonly EventSlice[], scope: SqlScope): string {
  const projectIds = slices[0]?.events.projectIds ?? [];
  const belongs = slices.map(({ events: { filters, fromMs = 0, toMs = 0 }, hours }) =>
    [
      hoursSql(hours),
      `start_time >= ${scope.number(fromMs)}`,
      `start_time <= ${scope.number(toMs)}`,
      toFilterSql(filters, scope),
    ].join(' AND '),
  );
  const flags = belongs.map((condition) => `toUInt8(ifNull((${condition}), 0))`);
  const places = slices.map((_, index) => index);
  const slice = `arrayJoin(arrayFilter((place, belongs) -> belongs, [${places.join(', ')}], [${flags.join(', ')}]))`;
  const where = [
    `project_id IN ${scope.list(projectIds)}`,
    hoursSql(joinRanges(slices.flatMap(({ hours }) => hours))),
  ].join(' AND ');
  return `${scope.withClause()}SELECT *, toUInt8(${slice}) AS slice FROM ${eventTable} FINAL WHERE ${where}`;
}

/** Count, value and values of a number; only rows of slices that want it have it. */
function columnSql(
  { number, isMerged, slices }: NumberColumn,
  sliceCount: number,
  scope: SqlScope,
): readonly string[] {
  const plain = numberSql(number, scope);
  const wanted =
    slices.length === sliceCount ? plain : `if(slice IN (${slices.join(', ')}), ${plain}, NULL)`;
  const sql = scope.alias(wanted);
  const { count: plainCount, value: plainValue } = summarySql(number, sql);
  if (!isMerged) return [plainCount, plainValue, `CAST([], 'Array(Float64)')`];
  const [count = '', value = '', values = ''] = cellNumberSql(number, sql);
  return [count, `toNullable(${value})`, values];
}

function sliceGroupSql(slices: readonly EventSlice[], scope: SqlScope): string {
  const paths = new Map<string, { readonly path: readonly string[]; readonly slices: number[] }>();
  for (const [index, { groupBy }] of slices.entries()) {
    if (groupBy === null) continue;
    const key = JSON.stringify(groupBy);
    const known = paths.get(key);
    if (known) known.slices.push(index);
    else paths.set(key, { path: groupBy, slices: [index] });
  }
  const cases = [...paths.values()].flatMap(({ path, slices: some }) => [
    `slice IN (${some.join(', ')})`,
    groupSql(path, scope),
  ]);
  const none = 'CAST(NULL AS Nullable(String))';
  return cases.length === 0 ? none : `multiIf(${[...cases, none].join(', ')})`;
}
