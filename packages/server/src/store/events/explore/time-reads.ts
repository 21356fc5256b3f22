import type {
  ChartSeries,
  HistogramPoint,
  SeriesQuery,
  SeriesResult,
  TimedQuery,
} from '../../../domain/explore-chart.ts';
import { cellsBy, compareGroups, mergeCells } from '../hours/merge-cells.ts';
import type { Cell, CellGroups, CellSources } from '../hours/event-cells.ts';
import { readPoints } from '../reads/points.ts';
import { readCellsOf } from './cells-of-rows.ts';
import { aggregateSeries, metricOf } from './direct-series.ts';

/** Rows by bucket; buckets without any are left out. */
export async function readHistogram(
  sources: CellSources,
  { rows, starts }: TimedQuery,
  signal?: AbortSignal,
): Promise<HistogramPoint[]> {
  // A session failed if any of its events did, which may lie in another hour.
  const cells =
    rows.scope === 'sessions'
      ? null
      : await readCellsOf(
          sources,
          { rows, starts, groups: { by: 'outcome' }, numbers: [] },
          signal,
        );
  const points = cells
    ? cells.map(({ startMs, group, count }) => ({
        bucketMs: startOf(starts, startMs),
        group: { value: group },
        count,
      }))
    : await readPoints(
        sources.engine,
        { rows, buckets: starts, groups: { by: 'outcome' }, metric: null, aggregation: 'count' },
        signal,
      );
  const byStart = new Map<number, HistogramPoint>();
  for (const { bucketMs: start, group, count } of points) {
    const { ok, error } = byStart.get(start) ?? { ok: 0, error: 0 };
    const isError = group !== 'others' && group.value === 'error';
    byStart.set(start, {
      start,
      ok: ok + (isError ? 0 : count),
      error: error + (isError ? count : 0),
    });
  }
  return [...byStart.values()];
}

/** The bucket of an instant. */
function startOf(starts: readonly number[], instant: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return starts[Math.max(0, low - 1)] ?? instant;
}

/** Series of the largest groups, then that of all others; their points, and their totals. */
export async function readSeries(
  sources: CellSources,
  query: SeriesQuery,
  signal?: AbortSignal,
): Promise<SeriesResult> {
  const { rows, starts, groupBy, aggregation } = query;
  const numbers = [{ metric: metricOf(query.metric), aggregation }];
  const groups: CellGroups = groupBy === null ? { by: 'none' } : { by: 'value', path: groupBy };
  const cells = await readCellsOf(sources, { rows, starts, groups, numbers }, signal);
  if (cells === null) return aggregateSeries(sources.engine, query, signal);
  const sized = [...cellsBy(cells, ({ group }) => group)]
    .map(([group, members]) => ({ group, members, size: sizeOf(members) }))
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size || compareGroups(a.group, b.group));
  const toSeries = (group: ChartSeries['group'], members: readonly Cell[]): ChartSeries => {
    const number = (some: readonly Cell[]) => mergeCells(some, numbers).numbers[0];
    const total = number(members);
    const byStart = cellsBy(members, ({ startMs }) => startOf(starts, startMs));
    return {
      group,
      total: total?.value ?? null,
      count: total?.count ?? 0,
      points: new Map(
        [...byStart].flatMap(([start, some]) => {
          const value = number(some)?.value ?? null;
          return value === null ? [] : [[start, value]];
        }),
      ),
    };
  };
  const others = sized.slice(query.top).flatMap(({ members }) => members);
  return {
    series: [
      ...sized.slice(0, query.top).map(({ group, members }) => toSeries({ value: group }, members)),
      ...(others.length === 0 ? [] : [toSeries('others', others)]),
    ],
    groupCount: sized.length,
  };
}

/** How many rows have the number. */
const sizeOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { numbers: [number] }) => sum + (number?.count ?? 0), 0);
