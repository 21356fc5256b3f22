import type {
  GroupReading,
  MeasuredNumber,
  WindowQuery,
  WindowReading,
} from '../../../domain/alert-reads.ts';
import type { Measure } from '../../../domain/alert-rule.ts';
import type { EventQuery } from '../../../domain/event-query.ts';
import { readRows } from '../engine/row-binary.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readCells, readWholeCells } from '../hours/event-cells.ts';
import type { Cell, CellGroups, CellSources, NumberQuery } from '../hours/event-cells.ts';
import { cellsBy, compareGroups, mergeCells } from '../hours/merge-cells.ts';
import { aggregateSql, groupSql, numberSql } from '../sql/chart-sql.ts';
import type { NumberMetric } from '../sql/chart-sql.ts';
import { toEventScope } from '../sql/event-scope.ts';
import { hourUnit, splitRange, toHours } from '../sql/hour-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { justBefore } from './explore-tally.ts';
import { readSlices } from './event-slices.ts';
import type { EventSlice, SliceReading } from './event-slices.ts';

/** Windows that are shorter have few whole hours, so that there is little to cache. */
const cachedMs = 10_800_000;

const isLong = ({ span }: WindowQuery): boolean => span.beforeMs - span.fromMs >= cachedMs;

export async function readWindow(
  sources: CellSources,
  query: WindowQuery,
  signal?: AbortSignal,
): Promise<WindowReading> {
  const cached = isLong(query) ? await mergeWindow(sources, query, signal) : null;
  return cached ?? aggregateWindow(sources.engine, query, signal);
}

/** The rows of short windows, and those of the hours at the ends of long ones, are read in one statement. */
export async function readWindows(
  sources: CellSources,
  queries: readonly WindowQuery[],
  signal?: AbortSignal,
): Promise<WindowReading[]> {
  const [only] = queries;
  if (only && queries.length === 1) return [await readWindow(sources, only, signal)];
  const limit = Math.max(0, ...queries.map((query) => query.limit));
  const [slices, whole] = await Promise.all([
    readSlices(sources.engine, { slices: queries.map(toSlice), limit }, signal),
    Promise.all(queries.map((query) => readWhole(sources, query, signal))),
  ]);
  const readings: WindowReading[] = [];
  for (const [index, query] of queries.entries()) {
    const reading = joinReading(query, slices[index] ?? noRows, whole[index] ?? null);
    readings.push(reading ?? (await readWindow(sources, query, signal)));
  }
  return readings;
}

const noRows: SliceReading = { groups: [], groupCount: 0 };

function toSlice(query: WindowQuery): EventSlice {
  const events = toEvents(query);
  const numbers = query.measures.map(toNumber);
  const slice = { events, groupBy: query.groupBy, numbers };
  return isLong(query)
    ? { ...slice, hours: splitRange(events, hourUnit).edges, isMerged: true }
    : { ...slice, hours: [toHours(events)], isMerged: false };
}

/** What is cached of the window: nothing of a short one; null where it cannot be cached. */
const readWhole = async (
  sources: CellSources,
  query: WindowQuery,
  signal?: AbortSignal,
): Promise<readonly Cell[] | null> =>
  isLong(query) ? readWholeCells(sources, toCells(query), signal) : [];

/** null: there are more groups than were read, or the whole hours could not be cached. */
function joinReading(
  query: WindowQuery,
  { groups, groupCount }: SliceReading,
  whole: readonly Cell[] | null,
): WindowReading | null {
  if (groupCount > groups.length || whole === null) return null;
  if (!isLong(query)) return toReading(query, groups);
  const edges = groups.map(({ group, numbers }): Cell => ({
    startMs: query.span.fromMs,
    group,
    count: 0,
    numbers: numbers.map((number) => ({ ...number, value: number.value ?? 0 })),
  }));
  return mergeGroups(query, [...whole, ...edges]);
}

export const toEvents = ({
  projectId,
  filters,
  span,
}: Pick<WindowQuery, 'projectId' | 'filters' | 'span'>): EventQuery => ({
  projectIds: [projectId],
  filters,
  fromMs: span.fromMs,
  toMs: justBefore(span.beforeMs),
  rootsOnly: false,
});

export function toNumber({ metric, aggregation }: Measure): NumberQuery {
  return { metric: toNumberMetric(metric), aggregation };
}

function toNumberMetric(metric: Measure['metric']): NumberMetric {
  if (metric === 'error') return 'hasError';
  if (metric === 'events') return 'each';
  return 'path' in metric ? metric.path : metric;
}

export const groupsOf = ({ groupBy }: Pick<WindowQuery, 'groupBy'>): CellGroups =>
  groupBy === null ? { by: 'none' } : { by: 'value', path: groupBy };

const toCells = (query: WindowQuery) => ({
  events: toEvents(query),
  cuts: [0],
  groups: groupsOf(query),
  numbers: query.measures.map(toNumber),
});

/** From cached parts of hours; null where they are too many. */
async function mergeWindow(
  sources: CellSources,
  query: WindowQuery,
  signal?: AbortSignal,
): Promise<WindowReading | null> {
  const cells = await readCells(sources, toCells(query), signal);
  return cells && mergeGroups(query, cells);
}

function mergeGroups(query: WindowQuery, cells: readonly Cell[]): WindowReading {
  const numbers = query.measures.map(toNumber);
  const found = [...cellsBy(cells, ({ group }) => group)].map(([group, members]) => ({
    group,
    numbers: mergeCells(members, numbers).numbers,
  }));
  return toReading(query, found);
}

interface FoundGroup {
  readonly group: string | null;
  readonly numbers: readonly MeasuredNumber[];
}

const toReading = (query: WindowQuery, found: readonly FoundGroup[]): WindowReading => ({
  groups: found
    .toSorted(compareBy(query.order))
    .slice(0, query.limit)
    .map(({ group, numbers }) => ({
      group,
      numbers: numbers.map(({ count, value }) => ({ count, value })),
    })),
  groupCount: found.length,
});

/** The first number in the order that is wanted, those without it last. */
const compareBy =
  (order: WindowQuery['order']) =>
  (a: GroupReading, b: GroupReading): number => {
    const [x, y] = [a.numbers[0]?.value ?? null, b.numbers[0]?.value ?? null];
    if (x === null || y === null)
      return Number(x === null) - Number(y === null) || compareGroups(a.group, b.group);
    return (order === 'highest' ? y - x : x - y) || compareGroups(a.group, b.group);
  };

async function aggregateWindow(
  engine: EventEngine,
  query: WindowQuery,
  signal?: AbortSignal,
): Promise<WindowReading> {
  const scope = new SqlScope();
  const group =
    query.groupBy === null ? 'CAST(NULL AS Nullable(String))' : groupSql(query.groupBy, scope);
  const numbers = query.measures.map((measure) => {
    const sql = scope.alias(numberSql(toNumber(measure), scope));
    return { value: aggregateSql(measure.aggregation, sql), count: `count(${sql})` };
  });
  const events = toEvents(query);
  const columns = numbers.flatMap(({ value, count }, index) => [
    `${value} AS value${index}`,
    `${count} AS count${index}`,
  ]);
  const groups = `SELECT ${group} AS grouping, ${columns.join(', ')} ${toEventScope(events, scope, [toHours(events)])} GROUP BY grouping`;
  const direction = query.order === 'highest' ? 'DESC' : 'ASC';
  const sql = `${scope.withClause()}${groups}`;
  const all = `SELECT *, count() OVER () FROM (${sql}) ORDER BY value0 ${direction} NULLS LAST, grouping NULLS LAST LIMIT ${Math.trunc(query.limit)}`;
  const bytes = await engine.query({ sql: all, params: scope.params() }, signal);
  const rows = readRows(bytes, (cursor) => ({
    group: cursor.nullableString(),
    numbers: query.measures.map(() => ({
      value: cursor.nullableFloat64(),
      count: cursor.uint64(),
    })),
    groupCount: cursor.uint64(),
  }));
  return {
    groups: rows.map(({ group: name, numbers: found }) => ({ group: name, numbers: found })),
    groupCount: rows[0]?.groupCount ?? 0,
  };
}
