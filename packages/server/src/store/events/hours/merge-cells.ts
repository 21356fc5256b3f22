import type { Cell, CellNumber, NumberQuery } from './event-cells.ts';
import type { Aggregation } from '../sql/chart-sql.ts';
import { countDistinct } from './number-set.ts';
import { quantile } from '../../../domain/sorted-numbers.ts';

/** What the rows of some cells come to. */
export interface MergedCells {
  readonly count: number;
  /** In the order of the query. */
  readonly numbers: readonly MergedNumber[];
}

export interface MergedNumber {
  /** Rows that have the number. */
  readonly count: number;
  /** null without such rows. */
  readonly value: number | null;
}

export const mergeCells = (
  cells: readonly Cell[],
  numbers: readonly NumberQuery[],
): MergedCells => ({
  count: cells.reduce((sum, { count }) => sum + count, 0),
  numbers: numbers.map(({ aggregation }, index) =>
    mergeNumber(
      cells.flatMap((cell) => {
        const number = cell.numbers[index];
        return number === undefined || number.count === 0 ? [] : [number];
      }),
      aggregation,
    ),
  ),
});

function mergeNumber(parts: readonly CellNumber[], aggregation: Aggregation): MergedNumber {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { count, value: merges[aggregation](parts, count) };
}

type Merge = (parts: readonly CellNumber[], count: number) => number | null;

const sumOf = (parts: readonly CellNumber[]): number =>
  parts.reduce((sum, { value }) => sum + value, 0);
const reduceBy =
  (pick: (a: number, b: number) => number): Merge =>
  (parts) =>
    parts.reduce<number | null>(
      (value, part) => (value === null ? part.value : pick(value, part.value)),
      null,
    );
const valuesOf = (parts: readonly CellNumber[]): Float64Array[] =>
  parts.map(({ values }) => values);

const percentile =
  (level: number): Merge =>
  (parts) =>
    quantile(valuesOf(parts), level);

const merges: Readonly<Record<Aggregation, Merge>> = {
  count: (_parts, count) => count,
  sum: (parts, count) => (count === 0 ? null : sumOf(parts)),
  avg: (parts, count) => (count === 0 ? null : sumOf(parts) / count),
  min: reduceBy(Math.min),
  max: reduceBy(Math.max),
  distinct: (parts) => countDistinct(valuesOf(parts)),
  p50: percentile(0.5),
  p75: percentile(0.75),
  p90: percentile(0.9),
  p95: percentile(0.95),
  p99: percentile(0.99),
};

/** Lists of cells by what a function says of them. */
export function cellsBy<Key>(cells: readonly Cell[], keyOf: (cell: Cell) => Key): Map<Key, Cell[]> {
  const groups = new Map<Key, Cell[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return groups;
}

/** As the engine orders them: by bytes, none last. */
export function compareGroups(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
