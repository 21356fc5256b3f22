import { useCallback, useMemo, useState } from 'react';
import { at, type SessionTree } from '../trace/session-tree.ts';
import { decideMove, selectPlace, type TreeMove, type TreeState } from './tree-move.ts';
import { firstTreeState, idOfPlace, placeOfId, withTree } from './tree-state.ts';

export interface TreeControl {
  readonly state: TreeState;
  readonly move: (move: TreeMove, pageRows?: number) => void;
  readonly select: (place: number) => void;
  readonly selectId: (id: string) => void;
  readonly toggle: (place: number) => void;
}

/**
 * The open and selected rows in the tree of a session. The selected event is in the URL, so that a link, a reload and
 * the back button show it; a folded row, which has no id, is stored here.
 */
export function useTreeState(
  tree: SessionTree,
  selectedId: string | null,
  onSelect: (id: string) => void,
): TreeControl {
  const [kept, setKept] = useState(() => firstTreeState(tree, selectedId));
  const state = useMemo(
    () => followAddress(withTree(kept, tree), selectedId),
    [kept, tree, selectedId],
  );
  const change = useCallback(
    (changes: Partial<TreeState>) => {
      const next = { ...state, ...changes };
      setKept(next);
      const id = idOfPlace(next.tree, next.selected);
      if (id !== null && id !== selectedId) onSelect(id);
    },
    [state, selectedId, onSelect],
  );
  return useMemo(
    () => ({
      state,
      move: (move: TreeMove, pageRows?: number) => change(decideMove(state, move, pageRows)),
      select: (place: number) => change(selectPlace(state, place)),
      selectId: (id: string) => {
        const place = placeOfId(state.tree, id);
        if (place !== null) change(selectPlace(state, place));
      },
      toggle: (place: number) => {
        const selected = { ...state, selected: place };
        change({
          selected: place,
          ...decideMove(selected, at(state.open, place) ? 'collapse' : 'expand'),
        });
      },
    }),
    [state, change],
  );
}

/** The address may name another event than the one that was selected here: somebody went back. */
function followAddress(state: TreeState, selectedId: string | null): TreeState {
  const here = idOfPlace(state.tree, state.selected);
  if (here === null || here === selectedId) return state;
  const place = placeOfId(state.tree, selectedId);
  return place === null ? state : { ...state, ...selectPlace(state, place) };
}
