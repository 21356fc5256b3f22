import type { ExploreQuery } from './explore-query.ts';

/** Which rows to distinguish from which. */
export interface DifferencesQuery {
  readonly rows: ExploreQuery;
  /** Those of the rows that are the selected ones; the others are the rest. */
  readonly selected: ExploreQuery;
}

/** How many rows have a value under a path. */
export interface ValueCount {
  readonly path: string;
  readonly value: string;
  readonly selected: number;
  readonly rest: number;
}

export interface ValueCounts {
  readonly selectedCount: number;
  readonly restCount: number;
  readonly isSampled: boolean;
  /** Values that at least two rows have. */
  readonly values: readonly ValueCount[];
}

/** Shares of the selected rows and of the rest that have a value; null: none, or one of the rare ones. */
export interface ValueDifference {
  readonly value: string | null;
  readonly selected: number;
  readonly rest: number;
}

/** A path whose values differ. */
export interface PathDifference {
  readonly path: string;
  /** Half the sum of the differences of shares: 0 when they are the same, 1 when they have nothing in common. */
  readonly score: number;
  readonly values: readonly ValueDifference[];
}

const maxPaths = 50;
const maxValues = 10;
/** A path of more values is made of ids or texts. */
const maxDistinct = 200;

/** The paths whose values differ most, first; without those that the selection itself is made by. */
export function rankDifferences(
  { selectedCount, restCount, values }: ValueCounts,
  chosenBy: ReadonlySet<string>,
): PathDifference[] {
  const byPath = new Map<string, ValueCount[]>();
  for (const count of values) {
    if (chosenBy.has(count.path)) continue;
    const known = byPath.get(count.path);
    if (known) known.push(count);
    else byPath.set(count.path, [count]);
  }
  return [...byPath]
    .filter(([, counts]) => counts.length <= maxDistinct)
    .map(([path, counts]) => compare(path, counts, { selectedCount, restCount }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
    .slice(0, maxPaths);
}

function compare(
  path: string,
  counts: readonly ValueCount[],
  total: { selectedCount: number; restCount: number },
): PathDifference {
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of);
  const known = counts.map(({ value, selected, rest }): ValueDifference => ({
    value,
    selected: share(selected, total.selectedCount),
    rest: share(rest, total.restCount),
  }));
  const others = {
    value: null,
    selected: left(known.map(({ selected }) => selected)),
    rest: left(known.map(({ rest }) => rest)),
  };
  const all = [...known, others].toSorted((a, b) => distance(b) - distance(a));
  const score = all.reduce((sum, one) => sum + distance(one), 0) / 2;
  return {
    path,
    score: total.selectedCount === 0 || total.restCount === 0 ? 0 : Math.min(1, score),
    values: all.filter(({ selected, rest }) => selected + rest > 0).slice(0, maxValues),
  };
}

/** Rounded, so that what is equal but for the last digit stays in order. */
const distance = ({ selected, rest }: ValueDifference): number =>
  Math.round(Math.abs(selected - rest) * 1e9) / 1e9;

/** What the shares leave of all; several values of one row may add up to more. */
const left = (shares: readonly number[]): number => {
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  return rest > 1e-9 ? rest : 0;
};
