import type { ExploreQuery } from '../../../domain/explore-query.ts';
import { readCells } from '../hours/event-cells.ts';
import type { Cell, CellSources, CellsQuery } from '../hours/event-cells.ts';
import { toPlainQuery } from './explore-tally.ts';

const hourMs = 3_600_000;

export interface RowCellsQuery extends Pick<CellsQuery, 'groups' | 'numbers'> {
  readonly rows: ExploreQuery;
  /** Edges of buckets, epoch milliseconds. Default: time does not matter. */
  readonly starts?: readonly number[];
}

/** Cells of rows, cut where buckets begin; null where they cannot be cached by hour. */
export async function readCellsOf(
  sources: CellSources,
  { rows, starts = [], groups, numbers }: RowCellsQuery,
  signal?: AbortSignal,
): Promise<Cell[] | null> {
  const events = toPlainQuery(rows);
  if (events === null) return null;
  const inHour = starts.map((start) => start - Math.floor(start / hourMs) * hourMs);
  const cuts = [...new Set([0, ...inHour])].toSorted((a, b) => a - b);
  return readCells(sources, { events, cuts, groups, numbers }, signal);
}
