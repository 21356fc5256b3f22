import { describe, expect, it } from 'vitest';
import { toRows } from './open-rows.ts';
import { at, buildSessionTree } from '../trace/session-tree.ts';
import { toSkeleton, type Sketch } from './testing/sketch.ts';
import { firstTreeState, idOfPlace, withTree } from './tree-state.ts';

const early: Sketch[] = [
  { id: 'root' },
  { id: 'plan', parent: 'root' },
  { id: 'search', parent: 'plan' },
];
const treeOf = (sketches: readonly Sketch[]) => buildSessionTree(toSkeleton(sketches));

describe('firstTreeState', () => {
  it('selects the event that the address names', () => {
    const state = firstTreeState(treeOf(early), 'search');

    expect(idOfPlace(state.tree, state.selected)).toBe('search');
  });

  it('selects the first row for an unknown id', () => {
    expect(firstTreeState(treeOf(early), 'gone').selected).toBe(0);
  });
});

describe('withTree', () => {
  it('leaves what was closed closed, and what was selected selected, when the session grows', () => {
    const state = firstTreeState(treeOf(early), 'plan');
    const open = state.open.slice();
    open[1] = 0;
    const closed = { ...state, open, rows: toRows(state.tree, open) };

    const grown = withTree(closed, treeOf([...early, { id: 'answer', parent: 'root' }]));

    expect(Array.from(grown.rows, (place) => idOfPlace(grown.tree, place))).toEqual([
      'root',
      'plan',
      'answer',
    ]);
    expect(idOfPlace(grown.tree, grown.selected)).toBe('plan');
  });

  it('keeps a folded row open', () => {
    const calls = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: `r${index}`, name: 'r', parent: 'root' }));
    const state = firstTreeState(treeOf([{ id: 'root' }, ...calls(5)]), null);
    const open = state.open.slice().fill(1);

    const grown = withTree({ ...state, open }, treeOf([{ id: 'root' }, ...calls(7)]));

    expect(at(grown.open, 1)).toBe(1);
  });
});
