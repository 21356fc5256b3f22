import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAtFirst, rowOf, toRows } from '../session/open-rows.ts';
import { at, buildSessionTree, type SessionTree } from './session-tree.ts';
import { toSkeleton, type Sketch } from '../session/testing/sketch.ts';

const treeOf = (sketches: readonly Sketch[]) => buildSessionTree(toSkeleton(sketches));

/** The tree as text: an indented line for each place. */
function draw(tree: SessionTree): string[] {
  return Array.from({ length: tree.placeCount }, (_, place) => {
    const folded = tree.folded.get(place);
    const label = folded
      ? folded.kind === 'run'
        ? `${folded.name} x ${folded.count}`
        : `orphans x ${folded.count}`
      : (tree.columns.ids[at(tree.event, place)] ?? '?');
    return `${'  '.repeat(at(tree.depth, place))}${label}`;
  });
}

describe('buildSessionTree', () => {
  it('puts parents before their children and siblings by start', () => {
    const tree = treeOf([
      { id: 'root' },
      { id: 'plan', parent: 'root' },
      { id: 'search', parent: 'plan' },
      { id: 'answer', parent: 'root' },
      { id: 'rerank', parent: 'plan' },
    ]);

    expect(draw(tree)).toEqual(['root', '  plan', '    search', '    rerank', '  answer']);
    expect([...tree.size]).toEqual([5, 3, 1, 1, 1]);
    expect([...tree.position]).toEqual([1, 1, 1, 2, 2]);
    expect([...tree.siblingCount]).toEqual([1, 2, 2, 2, 2]);
  });

  it('folds five or more siblings of one name that follow one another', () => {
    const calls = Array.from({ length: 6 }, (_, index) => ({
      id: `r${index}`,
      name: 'retrieve',
      parent: 'root',
      duration: (index + 1) * 10,
      error: index === 2,
    }));

    const tree = treeOf([{ id: 'root' }, ...calls, { id: 'answer', parent: 'root' }]);

    expect(draw(tree).slice(0, 3)).toEqual(['root', '  retrieve x 6', '    r0']);
    expect(tree.folded.get(1)).toEqual({
      ...{ kind: 'run', type: 'tool', name: 'retrieve', count: 6, errorCount: 1, p95Ms: 60 },
    });
    expect(draw(tree).at(-1)).toBe('  answer');
  });

  it('leaves four siblings of one name as they are', () => {
    const calls = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: 'retrieve', parent: 'root' }));

    expect(treeOf([{ id: 'root' }, ...calls]).folded.size).toBe(0);
  });

  it('keeps events whose parent is missing, and says so', () => {
    const tree = treeOf([
      { id: 'root' },
      { id: 'lost', parent: 'nobody' },
      { id: 'child', parent: 'lost' },
    ]);

    expect(draw(tree)).toEqual(['root', 'orphans x 1', '  lost', '    child']);
  });

  it('breaks a cycle of parents at one event', () => {
    const tree = treeOf([
      { id: 'root' },
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'self', parent: 'self' },
    ]);

    expect(draw(tree)).toEqual(['root', 'orphans x 2', '  a', '    b', '  self']);
  });

  it('adds errors up to their ancestors', () => {
    const tree = treeOf([
      { id: 'root' },
      { id: 'plan', parent: 'root', error: true },
      { id: 'search', parent: 'plan', error: true },
    ]);

    expect([...tree.errorCount]).toEqual([2, 2, 1]);
  });

  it('sums tokens of children if an event has no token count', () => {
    const tree = treeOf([
      { id: 'root' },
      { id: 'counted', parent: 'root', tokens: 50 },
      { id: 'part', parent: 'counted', tokens: 40 },
      { id: 'silent', parent: 'root' },
      { id: 'call', parent: 'silent', tokens: 7 },
      { id: 'none', parent: 'root' },
    ]);

    expect([...tree.tokens]).toEqual([57, 50, 40, 7, 7, -1]);
  });
});

describe('a tree of any session', () => {
  it('places every event once, whatever the parents are', () => {
    const parents = fc.array(fc.integer({ min: -2, max: 60 }), { maxLength: 50 });
    fc.assert(
      fc.property(parents, (parent) => {
        const columns = { ...toSkeleton(parent.map((_, index) => ({ id: `e${index}` }))), parent };

        const tree = buildSessionTree(columns);

        const placed = [...tree.event].filter((event) => event >= 0).toSorted((a, b) => a - b);
        expect(placed).toEqual(parent.map((_, index) => index));
        const topSizes = [...tree.parent.keys()]
          .filter((place) => tree.parent[place] === -1)
          .reduce((sum, place) => sum + at(tree.size, place), 0);
        expect(topSizes).toBe(tree.placeCount);
      }),
    );
  });

  it('takes a session 50,000 levels deep', () => {
    const chain = Array.from({ length: 50_000 }, (_, index) => index - 1);
    const columns = {
      ...toSkeleton(chain.map((_, index) => ({ id: `e${index}` }))),
      parent: chain,
    };

    const tree = buildSessionTree(columns);

    expect(tree.depth.at(-1)).toBe(49_999);
  });
});

describe('rows', () => {
  const many = Array.from({ length: 400 }, (_, index) => ({ id: `leaf${index}`, parent: 'deep' }));
  const large = [
    { id: 'root' },
    { id: 'plan', parent: 'root' },
    { id: 'deep', parent: 'plan' },
    ...many,
  ];

  it('shows a small session whole', () => {
    const tree = treeOf(large.slice(0, 100));

    expect(toRows(tree, openAtFirst(tree, -1)).length).toBe(tree.placeCount);
  });

  it('opens a large one to two levels', () => {
    const tree = treeOf(large);

    expect(toRows(tree, openAtFirst(tree, -1)).length).toBe(3);
  });

  it('opens the ways to the first error and to what is selected', () => {
    const tree = treeOf([...large, { id: 'late', parent: 'leaf7', error: true }]);

    const rows = toRows(tree, openAtFirst(tree, -1));

    expect([...rows]).toContain(tree.placeOf.at(-1));
  });

  it('finds the row of a place, and of the ancestor that hides it', () => {
    const rows = Int32Array.of(0, 1, 5, 9);

    expect([0, 1, 3, 5, 8, 9, 12].map((place) => rowOf(rows, place))).toEqual([
      0, 1, 1, 2, 2, 3, 3,
    ]);
  });
});

describe('events whose parents are elsewhere', () => {
  it('has no group where nothing has a parent here: they are at the top', () => {
    const tree = treeOf([
      { id: 'root' },
      { id: 'plan', parent: 'elsewhere' },
      { id: 'answer', parent: 'nowhere' },
    ]);

    expect(draw(tree)).toEqual(['root', 'plan', 'answer']);
    expect([...tree.position]).toEqual([1, 2, 3]);
    expect([...tree.siblingCount]).toEqual([3, 3, 3]);
  });

  it('is shown with the group of lost events open, and with runs folded', () => {
    const calls = Array.from({ length: 5 }, (_, index) => ({
      id: `r${index}`,
      name: 'retrieve',
      parent: 'root',
    }));
    const tree = treeOf([{ id: 'root' }, ...calls, { id: 'lost', parent: 'nobody' }]);
    const drawn = draw(tree);

    expect([...toRows(tree, openAtFirst(tree, -1))].map((place) => drawn[place])).toEqual([
      'root',
      '  retrieve x 5',
      'orphans x 1',
      '  lost',
    ]);
  });
});
