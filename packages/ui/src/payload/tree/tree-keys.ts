import type { JsonDocument } from '../json/json-document.ts';
import type { OpenFlags } from '../json/json-outline.ts';
import { rowOf } from '../json/json-outline.ts';

/** What a key does in a tree. */
export type TreeStep =
  | { kind: 'go'; row: number }
  | { kind: 'open' | 'close'; index: number; isDeep: boolean };

export interface TreeState {
  document: JsonDocument;
  open: OpenFlags;
  rows: Int32Array;
  /** The row that has the focus. */
  row: number;
  /** How many rows a page has. */
  pageRows: number;
}

type Decide = (state: TreeState, isDeep: boolean) => TreeStep | null;

const go = (row: number): TreeStep => ({ kind: 'go', row });
const indexAt = ({ rows, row }: TreeState) => rows[row] ?? 0;
const isOpenAt = (state: TreeState) => state.open[indexAt(state)] === 1;

/** Opens what is closed; goes to what is open holds. */
const forward: Decide = (state, isDeep) => {
  const index = indexAt(state);
  if (!state.document.isContainer(index) || state.document.countOf(index) === 0) return null;
  return isOpenAt(state) && !isDeep ? go(state.row + 1) : { kind: 'open', index, isDeep };
};

/** Closes what is open; goes to what holds it otherwise. */
const backward: Decide = (state, isDeep) => {
  const index = indexAt(state);
  if (isOpenAt(state)) return { kind: 'close', index, isDeep };
  const parent = rowOf(state.rows, state.document.parentOf(index));
  return parent < 0 ? null : go(parent);
};

const toggle: Decide = (state, isDeep) => {
  const index = indexAt(state);
  if (state.document.countOf(index) === 0) return null;
  return { kind: isOpenAt(state) ? 'close' : 'open', index, isDeep };
};

const last = ({ rows }: TreeState) => rows.length - 1;

/** Source: the ARIA practices' pattern of a tree. With shift, all that is within goes with it. */
const decisions: Readonly<Record<string, Decide>> = {
  ArrowDown: (state) => go(Math.min(state.row + 1, last(state))),
  ArrowUp: (state) => go(Math.max(state.row - 1, 0)),
  PageDown: (state) => go(Math.min(state.row + state.pageRows, last(state))),
  PageUp: (state) => go(Math.max(state.row - state.pageRows, 0)),
  Home: () => go(0),
  End: (state) => go(last(state)),
  ArrowRight: forward,
  ArrowLeft: backward,
  ' ': toggle,
};

/** What a key does; null: nothing. `j` and `k` are the arrows of the rest of the application. */
export function decideTreeStep(
  state: TreeState,
  { key, shiftKey }: { key: string; shiftKey: boolean },
): TreeStep | null {
  const name = { j: 'ArrowDown', k: 'ArrowUp' }[key] ?? key;
  return Object.hasOwn(decisions, name) ? (decisions[name]?.(state, shiftKey) ?? null) : null;
}
