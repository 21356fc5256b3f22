import { isLeaf, openWayTo, rowOf, toRows, type Openness } from './open-rows.ts';
import { at, type SessionTree } from '../trace/session-tree.ts';

/** What a key asks of the tree. */
export type TreeMove =
  | 'next'
  | 'previous'
  | 'page-down'
  | 'page-up'
  | 'first'
  | 'last'
  | 'collapse'
  | 'expand'
  | 'collapse-siblings'
  | 'expand-siblings'
  | 'collapse-all'
  | 'expand-all'
  | 'next-same-name'
  | 'previous-same-name'
  | 'next-error'
  | 'previous-error';

/** The tree as it is shown. */
export interface TreeState {
  readonly tree: SessionTree;
  readonly open: Openness;
  readonly rows: Int32Array;
  readonly selected: number;
}

type Changed = Partial<Pick<TreeState, 'open' | 'rows' | 'selected'>>;

/** What the tree becomes; an empty object when nothing moves. `pageRows` is how many rows a page has. */
export function decideMove(state: TreeState, move: TreeMove, pageRows = 20): Changed {
  return moves[move](state, pageRows);
}

const moves: Record<TreeMove, (state: TreeState, pageRows: number) => Changed> = {
  next: (state) => byRows(state, 1),
  previous: (state) => byRows(state, -1),
  'page-down': byRows,
  'page-up': (state, pageRows) => byRows(state, -pageRows),
  first: (state) => byRows(state, -state.rows.length),
  last: (state) => byRows(state, state.rows.length),
  collapse: (state) => {
    const { tree, open, selected } = state;
    if (!isLeaf(tree, selected) && at(open, selected) === 1) return withOpen(state, [selected], 0);
    const above = at(tree.parent, selected);
    return above >= 0 ? { selected: above } : {};
  },
  expand: (state) => {
    const { tree, open, selected } = state;
    if (isLeaf(tree, selected)) return {};
    return at(open, selected) === 1 ? byRows(state, 1) : withOpen(state, [selected], 1);
  },
  'collapse-siblings': (state) => withOpen(state, siblingsOf(state), 0),
  'expand-siblings': (state) => withOpen(state, siblingsOf(state), 1),
  'collapse-all': (state) => {
    const { tree } = state;
    const open = new Uint8Array(tree.placeCount);
    // The topmost stay open: one closed row would show nothing of the session.
    tree.parent.forEach((above, place) => {
      if (above < 0) open[place] = 1;
    });
    const rows = toRows(tree, open);
    return { open, rows, selected: at(rows, rowOf(rows, state.selected)) };
  },
  'expand-all': ({ tree }) => {
    const open = new Uint8Array(tree.placeCount).fill(1);
    return { open, rows: toRows(tree, open) };
  },
  'next-same-name': (state) => toNearest(state, 1, sameNameAs(state)),
  'previous-same-name': (state) => toNearest(state, -1, sameNameAs(state)),
  'next-error': (state) => toNearest(state, 1, hasError(state)),
  'previous-error': (state) => toNearest(state, -1, hasError(state)),
};

function byRows({ rows, selected }: TreeState, step: number): Changed {
  const row = Math.max(0, Math.min(rows.length - 1, rowOf(rows, selected) + step));
  return at(rows, row) === selected ? {} : { selected: at(rows, row) };
}

function withOpen(state: TreeState, places: readonly number[], value: 0 | 1): Changed {
  const open = state.open.slice();
  for (const place of places) open[place] = value;
  return { open, rows: toRows(state.tree, open) };
}

/** A subtree's places follow it: the next sibling stands right behind. */
function siblingsOf({ tree, selected }: TreeState): number[] {
  const above = at(tree.parent, selected);
  const end = above < 0 ? tree.placeCount : above + at(tree.size, above);
  const places: number[] = [];
  for (let place = above + 1; place < end; place += at(tree.size, place)) places.push(place);
  return places;
}

type IsWanted = (event: number) => boolean;

function sameNameAs({ tree, selected }: TreeState): IsWanted {
  const { name, type } = tree.columns;
  const event = at(tree.event, selected);
  if (event < 0) return () => false;
  return (other) => at(name, other) === at(name, event) && at(type, other) === at(type, event);
}

function hasError({ tree }: TreeState): IsWanted {
  return (event) => at(tree.columns.error, event) > 0;
}

/** The nearest event in the order of reading, round the end; what hides it opens. */
function toNearest(state: TreeState, step: 1 | -1, isWanted: IsWanted): Changed {
  const { tree, selected } = state;
  for (let distance = 1; distance < tree.placeCount; distance += 1) {
    const place = (selected + step * distance + tree.placeCount) % tree.placeCount;
    const event = at(tree.event, place);
    if (event >= 0 && isWanted(event)) return selectPlace(state, place);
  }
  return {};
}

/** Selects a place wherever it is: what hides it opens. */
export function selectPlace(state: TreeState, place: number): Changed {
  const open = state.open.slice();
  if (!openWayTo(state.tree, open, place)) return { selected: place };
  return { selected: place, open, rows: toRows(state.tree, open) };
}
