import { align } from '../diff/align.ts';
import { at, childListsOf, type ChildLists } from '../trace/session-tree.ts';
import type { SkeletonColumns } from '../trace/skeleton.ts';

/** A row of a comparison: an event of both sessions, or of one. Indexes into their columns; -1 for none. */
export interface ComparedRow {
  readonly before: number;
  readonly after: number;
  readonly depth: number;
}

interface Side {
  readonly columns: SkeletonColumns;
  readonly lists: ChildLists;
  /** What each event is known by: its type and name. */
  readonly prints: readonly string[];
}

interface Pending {
  readonly before: number;
  readonly after: number;
  readonly depth: number;
}

/**
 * Lays two sessions side by side: under parents that stand for each other, children of the same type and name do, in
 * order; the topmost do whatever they are called. What only one session has follows where it happened.
 */
export function alignSessions(
  before: SkeletonColumns,
  after: SkeletonColumns,
): readonly ComparedRow[] {
  const sides = { before: toSide(before), after: toSide(after) };
  const rows: ComparedRow[] = [];
  const pending = topmost(sides).toReversed();
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    rows.push(row);
    pending.push(...below(sides, row).toReversed());
  }
  return rows;
}

interface Sides {
  readonly before: Side;
  readonly after: Side;
}

function toSide(columns: SkeletonColumns): Side {
  const { ids, type, types, name, names } = columns;
  const prints = ids.map((_, event) => `${types[at(type, event)]} ${names[at(name, event)]}`);
  return { columns, lists: childListsOf(columns), prints };
}

function topmost(sides: Sides): Pending[] {
  const [before, after] = [sides.before, sides.after].map((side) => [
    ...childrenOf(side, side.columns.ids.length),
    ...childrenOf(side, side.columns.ids.length + 1),
  ]);
  const [first, ...others] = before ?? [];
  const [second, ...rest] = after ?? [];
  if (first === undefined || second === undefined) {
    return pairUp(sides, { before: before ?? [], after: after ?? [] }, 0);
  }
  return [
    { before: first, after: second, depth: 0 },
    ...pairUp(sides, { before: others, after: rest }, 0),
  ];
}

function below(sides: Sides, { before, after, depth }: Pending): Pending[] {
  return pairUp(
    sides,
    { before: childrenOf(sides.before, before), after: childrenOf(sides.after, after) },
    depth + 1,
  );
}

const childrenOf = ({ lists }: Side, event: number): number[] =>
  event < 0
    ? []
    : Array.from(lists.items.subarray(at(lists.offsets, event), at(lists.offsets, event + 1)));

function pairUp(
  sides: Sides,
  { before, after }: { readonly before: readonly number[]; readonly after: readonly number[] },
  depth: number,
): Pending[] {
  const pairs = align({
    before: before.map((event) => sides.before.prints[event] ?? ''),
    after: after.map((event) => sides.after.prints[event] ?? ''),
    canPair: () => false,
  });
  return pairs.map((pair) => ({
    before: pair.before === null ? -1 : (before[pair.before] ?? -1),
    after: pair.after === null ? -1 : (after[pair.after] ?? -1),
    depth,
  }));
}

/** The first row that only one of the sessions has; -1 when both did the same steps. */
export const firstDivergence = (rows: readonly ComparedRow[]): number =>
  rows.findIndex(({ before, after }) => before < 0 || after < 0);
