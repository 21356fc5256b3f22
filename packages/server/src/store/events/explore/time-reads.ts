import type {
  ChartSeries,
  HistogramPoint,
  SeriesQuery,
  SeriesResult,
  TimedQuery,
} from '../../../domain/explore-chart.ts';
import { cellsBy, compareGroups, mergeCells } from '../hours/merge-cells.ts';
import type { Cell, CellGroups, CellSources } from '../hours/event-cells.ts';
import { readCellsOf } from './cells-of-rows.ts';
import { aggregateSeries, metricOf } from './direct-series.ts';
import { countByOutcome, startOf, toHistogram } from './outcome-points.ts';
import { countSessions } from './session-histogram.ts';

/** Rows by bucket; buckets without any are left out. */
export async function readHistogram(
  sources: CellSources,
  query: TimedQuery,
  signal?: AbortSignal,
): Promise<HistogramPoint[]> {
  const { rows, starts } = query;
  if (rows.scope === 'sessions') return countSessions(sources, query, signal);
  const cells = await readCellsOf(
    sources,
    { rows, starts, groups: { by: 'outcome' }, numbers: [] },
    signal,
  );
  if (cells === null) return countByOutcome(sources.engine, query, signal);
  return toHistogram(
    cells.map(({ startMs, group, count }) => ({
      start: startOf(starts, startMs),
      ok: group === 'error' ? 0 : count,
      error: group === 'error' ? count : 0,
    })),
  );
}

/** Series of the largest groups, then that of all others; their points, and their totals. */
export async function readSeries(
  sources: CellSources,
  query: SeriesQuery,
  signal?: AbortSignal,
): Promise<SeriesResult> {
  const { rows, starts, groupBy, aggregation, isEstimated = false } = query;
  const numbers = [{ metric: metricOf(query.metric), aggregation, isEstimated }];
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
          const { count, value } = number(some) ?? noNumber;
          return value === null || count === 0 ? [] : [[start, value]];
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

const noNumber = { count: 0, value: null };

/** How many rows have the number. */
const sizeOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { numbers: [number] }) => sum + (number?.count ?? 0), 0);
