import { isRun, openAtFirst, toRows, type Openness } from './open-rows.ts';
import { at, type SessionTree } from '../trace/session-tree.ts';
import type { TreeState } from './tree-move.ts';

/** The state in which a session is first shown; without a selection its first row is selected. */
export function firstTreeState(tree: SessionTree, selectedId: string | null): TreeState {
  const selected = placeOfId(tree, selectedId);
  const open = openAtFirst(tree, selected ?? -1);
  return { tree, open, rows: toRows(tree, open), selected: selected ?? 0 };
}

/** Place of an event; null when the session does not have it. */
export function placeOfId(tree: SessionTree, id: string | null): number | null {
  const event = id === null ? -1 : tree.columns.ids.indexOf(id);
  return event < 0 ? null : at(tree.placeOf, event);
}

/** Id of the event at a place; null for a folded row. */
export const idOfPlace = (tree: SessionTree, place: number): string | null =>
  tree.columns.ids[tree.event[place] ?? -1] ?? null;

/** The same view of a session that has grown: what was closed stays closed, what is new is shown. */
export function withTree(state: TreeState, tree: SessionTree): TreeState {
  if (state.tree === tree) return state;
  const known = new Map<string, number>();
  for (let place = 0; place < state.tree.placeCount; place += 1) {
    known.set(nameOfPlace(state.tree, place), at(state.open, place));
  }
  const open: Openness = new Uint8Array(tree.placeCount);
  for (let place = 0; place < tree.placeCount; place += 1) {
    open[place] = known.get(nameOfPlace(tree, place)) ?? (isRun(tree, place) ? 0 : 1);
  }
  const rows = toRows(tree, open);
  const selected = placeOfId(tree, idOfPlace(state.tree, state.selected));
  return { tree, open, rows, selected: selected ?? Math.min(state.selected, tree.placeCount - 1) };
}

/** What stays the same of a place when the session grows: a folded row is known by its first member. */
function nameOfPlace(tree: SessionTree, place: number): string {
  const id = idOfPlace(tree, place);
  return id ?? `folded ${tree.folded.get(place)?.kind} ${idOfPlace(tree, place + 1)}`;
}
