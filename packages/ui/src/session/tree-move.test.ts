import { describe, expect, it } from 'vitest';
import { toRows } from './open-rows.ts';
import { at, buildSessionTree } from '../trace/session-tree.ts';
import { toSkeleton } from './testing/sketch.ts';
import { decideMove, type TreeMove, type TreeState } from './tree-move.ts';

const tree = buildSessionTree(
  toSkeleton([
    { id: 'root' },
    { id: 'plan', parent: 'root' },
    { id: 'search', parent: 'plan', name: 'search' },
    { id: 'answer', parent: 'root' },
    { id: 'again', parent: 'answer', name: 'search', error: true },
    { id: 'late', parent: 'answer', error: true },
  ]),
);
const ids = (places: ArrayLike<number>) =>
  Array.from(places, (place) => tree.columns.ids[at(tree.event, place)]);
const placeOf = (id: string) => at(tree.placeOf, tree.columns.ids.indexOf(id));

function stateAt(selected: string, closed: readonly string[] = []): TreeState {
  const open = new Uint8Array(tree.placeCount).fill(1);
  for (const id of closed) open[placeOf(id)] = 0;
  return { tree, open, rows: toRows(tree, open), selected: placeOf(selected) };
}

/** What is selected and what is shown after a move. */
function after(state: TreeState, move: TreeMove) {
  const next = { ...state, ...decideMove(state, move) };
  return { selected: ids([next.selected])[0], rows: ids(next.rows) };
}

describe('decideMove', () => {
  it.each<[TreeMove, string, string]>([
    ['next', 'plan', 'search'],
    ['previous', 'plan', 'root'],
    ['previous', 'root', 'root'],
    ['first', 'answer', 'root'],
    ['last', 'plan', 'late'],
    ['page-down', 'plan', 'late'],
    ['page-up', 'late', 'root'],
    ['collapse', 'search', 'plan'],
    ['expand', 'plan', 'search'],
    ['next-same-name', 'search', 'again'],
    ['previous-same-name', 'search', 'again'],
    ['next-error', 'root', 'again'],
    ['next-error', 'late', 'again'],
    ['previous-error', 'root', 'late'],
  ])('%s from %s goes to %s', (move, from, to) => {
    expect(after(stateAt(from), move).selected).toBe(to);
  });

  it('closes an open row before it goes to its parent', () => {
    expect(after(stateAt('plan'), 'collapse')).toEqual({
      selected: 'plan',
      rows: ['root', 'plan', 'answer', 'again', 'late'],
    });
    expect(after(stateAt('plan', ['plan']), 'collapse').selected).toBe('root');
  });

  it('opens a closed row before it goes to its first child', () => {
    const closed = stateAt('plan', ['plan']);

    expect(after(closed, 'expand')).toMatchObject({ selected: 'plan' });
    expect(after(closed, 'expand').rows).toContain('search');
  });

  it('closes all siblings and opens them again', () => {
    expect(after(stateAt('plan'), 'collapse-siblings').rows).toEqual(['root', 'plan', 'answer']);
    expect(after(stateAt('plan', ['plan', 'answer']), 'expand-siblings').rows).toHaveLength(6);
  });

  it('closes everything below the top and selects what is still shown', () => {
    expect(after(stateAt('search'), 'collapse-all')).toEqual({
      selected: 'plan',
      rows: ['root', 'plan', 'answer'],
    });
    expect(after(stateAt('plan', ['root']), 'expand-all').rows).toHaveLength(6);
  });

  it('opens what hides the event that it goes to', () => {
    expect(after(stateAt('root', ['answer']), 'next-error').rows).toContain('again');
  });

  it('stays where nothing else has the name', () => {
    expect(decideMove(stateAt('plan'), 'next-same-name')).toEqual({});
  });
});
