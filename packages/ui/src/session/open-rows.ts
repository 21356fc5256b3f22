import { at, type SessionTree } from '../trace/session-tree.ts';

/** Which places show what is below them: one byte each, 1 for open. */
export type Openness = Uint8Array;

/** Sessions up to this size are shown whole. */
const smallSession = 300;

/** Larger sessions open to two levels, with the ways to the first error and to what is selected. */
export function openAtFirst(tree: SessionTree, selectedPlace: number): Openness {
  const open = new Uint8Array(tree.placeCount);
  const isSmall = tree.columns.ids.length <= smallSession;
  for (let place = 0; place < tree.placeCount; place += 1) {
    if (isSmall || at(tree.depth, place) < 2) open[place] = isRun(tree, place) ? 0 : 1;
  }
  const firstError = tree.columns.error.findIndex((error) => error > 0);
  if (firstError >= 0) openWayTo(tree, open, at(tree.placeOf, firstError));
  if (selectedPlace >= 0) openWayTo(tree, open, selectedPlace);
  return open;
}

/** Whether the place stands for siblings of one name, of which one says what the others would. */
export const isRun = (tree: SessionTree, place: number): boolean =>
  tree.folded.get(place)?.kind === 'run';

/** Opens everything above a place, in place. Tells whether anything was closed. */
export function openWayTo(tree: SessionTree, open: Openness, place: number): boolean {
  let wasClosed = false;
  for (let above = at(tree.parent, place); above >= 0; above = at(tree.parent, above)) {
    if (at(open, above) === 0) wasClosed = true;
    open[above] = 1;
  }
  return wasClosed;
}

/** The places that are shown, ascending. */
export function toRows(tree: SessionTree, open: Openness): Int32Array {
  const rows = new Int32Array(tree.placeCount);
  let count = 0;
  let place = 0;
  while (place < tree.placeCount) {
    rows[count] = place;
    count += 1;
    place += at(open, place) === 1 ? 1 : at(tree.size, place);
  }
  return rows.subarray(0, count);
}

/** Row of a place; of the closest ancestor that is shown when the place is not. */
export function rowOf(rows: Int32Array, place: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(rows, middle) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const isLeaf = (tree: SessionTree, place: number): boolean => at(tree.size, place) === 1;
