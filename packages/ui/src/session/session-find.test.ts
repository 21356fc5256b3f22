import { describe, expect, it } from 'vitest';
import { findInSession, nextHit } from './session-find.ts';
import { buildSessionTree } from '../trace/session-tree.ts';
import { toSkeleton } from './testing/sketch.ts';

const tree = buildSessionTree(
  toSkeleton([
    { id: 'root' },
    { id: 'a', parent: 'root', name: 'Search docs' },
    { id: 'b', parent: 'a', name: 'rerank' },
    { id: 'c', parent: 'root', name: 'search web' },
  ]),
);
const idsOf = (events: readonly number[]) => events.map((event) => tree.columns.ids[event]);

describe('findInSession', () => {
  it('finds names whatever their case, in the order of the tree', () => {
    expect(idsOf(findInSession(tree, 'search', null).events)).toEqual(['a', 'c']);
  });

  it('adds what the server found in payloads, with what stands around it', () => {
    const hit = {
      event_id: 'b',
      part: 'inputs',
      offset: 3,
      snippet: '…search…',
      count: 1,
    } as const;

    const hits = findInSession(tree, 'search', { hits: [hit], truncated: true });

    expect(idsOf(hits.events)).toEqual(['a', 'b', 'c']);
    expect(hits.snippets.get(2)).toBe('…search…');
    expect(hits.isCut).toBe(true);
  });

  it('finds an event by its id, or by the beginning of it', () => {
    const [one = '', other = ''] = [1, 2].map((n) => `0198b7e${n}-4c2d-7f00-8000-0000000000aa`);
    const withIds = buildSessionTree(
      toSkeleton([
        { id: one, name: 'first' },
        { id: other, parent: one, name: 'second' },
      ]),
    );
    const find = (text: string) =>
      findInSession(withIds, text, null).events.map((event) => withIds.columns.ids[event]);

    expect(find(other.toUpperCase())).toEqual([other]);
    expect(find('0198b7e2')).toEqual([other]);
    expect(find('0198')).toEqual([]);
  });

  it('finds nothing for nothing', () => {
    expect(findInSession(tree, '  ', null).events).toEqual([]);
  });
});

describe('nextHit', () => {
  const hits = findInSession(tree, 'search', null);
  it.each([
    [0, 1, 'a'],
    [1, 1, 'c'],
    [3, 1, 'a'],
    [3, -1, 'a'],
    [1, -1, 'c'],
  ])('from place %d by %d is %s', (place, step, id) => {
    expect(idsOf([nextHit(hits, tree, { place, step })])).toEqual([id]);
  });
});
