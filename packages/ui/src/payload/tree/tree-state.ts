import type { JsonDocument } from '../json/json-document.ts';
import { fittingDepth, openToDepth, reveal, setOpen, visibleRows } from '../json/json-outline.ts';
import type { OpenFlags } from '../json/json-outline.ts';
import { readJson } from '../json/json-reader.ts';
import { unfoldString } from '../json/nested-json.ts';
import type { TreeStep } from './tree-keys.ts';

/** A document as a tree that is being looked at. */
export interface TreeState {
  /** The document that was handed in. */
  given: JsonDocument;
  /** The same, with those of its strings read as JSON that somebody asked for. */
  document: JsonDocument;
  /** How many strings that were. */
  parsedCount: number;
  open: OpenFlags;
  /** The values that have a row; the root has none, unless it is all there is. */
  rows: Int32Array;
  /** The value that has the focus. */
  active: number;
}

/** What can be done to it. */
export type TreeAction =
  | { kind: 'show'; document: JsonDocument; openRows: number }
  | { kind: 'step'; step: TreeStep }
  | { kind: 'focus'; index: number }
  | { kind: 'reveal'; index: number }
  | { kind: 'openAll' | 'closeAll' }
  | { kind: 'parse'; index: number }
  | { kind: 'unparse' };

/** Rows beyond this are not opened at once: a browser draws no taller element. */
const mostRows = 1_000_000;

/** The outermost value needs no row: the tree has a heading. */
function rowsOf(document: JsonDocument, open: OpenFlags): Int32Array {
  const rows = visibleRows(document, open);
  return rows.length > 1 ? rows.subarray(1) : rows;
}

const withOpen = (state: TreeState, open: OpenFlags, active = state.active): TreeState => {
  const rows = rowsOf(state.document, open);
  return { ...state, open, rows, active: nearestShown(state.document, open, active) };
};

/** The value itself, or what it is hidden in. */
function nearestShown(document: JsonDocument, open: OpenFlags, index: number): number {
  let shown = index;
  for (let at = document.parentOf(index); at >= 0; at = document.parentOf(at)) {
    if (open[at] !== 1) shown = at;
  }
  return shown;
}

/** A tree in which about `openRows` rows are open. */
export function startTree(document: JsonDocument, openRows: number): TreeState {
  const open = openToDepth(document, fittingDepth(document, openRows));
  return {
    given: document,
    document,
    parsedCount: 0,
    open,
    rows: rowsOf(document, open),
    active: document.size > 1 ? 1 : 0,
  };
}

export function changeTree(state: TreeState, action: TreeAction): TreeState {
  const { document, open } = state;
  switch (action.kind) {
    case 'show':
      return startTree(action.document, action.openRows);
    case 'step':
      return takeStep(state, action.step);
    case 'focus':
      return { ...state, active: action.index };
    case 'reveal':
      return withOpen(state, reveal(document, open, action.index), action.index);
    case 'openAll':
      return withOpen(state, openToDepth(document, fittingDepth(document, mostRows)));
    case 'closeAll':
      return withOpen(state, openToDepth(document, 1));
    case 'parse':
      return parseString(state, action.index);
    case 'unparse':
      return startTree(state.given, state.rows.length);
  }
}

function takeStep(state: TreeState, step: TreeStep): TreeState {
  if (step.kind === 'go') return { ...state, active: state.rows[step.row] ?? state.active };
  const changed = setOpen(state, step.index, {
    isOpen: step.kind === 'open',
    isDeep: step.isDeep,
  });
  return withOpen(state, changed, step.index);
}

/** Values before the string keep their index, those behind it move by what the string holds. */
function parseString(state: TreeState, index: number): TreeState {
  const text = unfoldString(state.document, index);
  if (text === null) return state;
  const document = readJson(text);
  const added = document.size - state.document.size;
  const open = new Uint8Array(document.size);
  open.set(state.open.subarray(0, index));
  open[index] = 1;
  open.set(state.open.subarray(index + 1), index + 1 + added);
  return {
    ...state,
    document,
    open,
    rows: rowsOf(document, open),
    parsedCount: state.parsedCount + 1,
    active: index,
  };
}
