import { expect, test } from 'vitest';
import { openSyncList } from './sync-list.ts';

const openPages = (pages: readonly (readonly number[])[]) => {
  const loaded: unknown[] = [];
  const chunkOf = (index: number) => ({
    items: pages[index] ?? [],
    cursor: index + 1 < pages.length ? index + 1 : null,
  });
  const page = { items: [...(pages[0] ?? [])], total: 5 };
  const list = openSyncList(page, chunkOf(0), (cursor) => {
    loaded.push(cursor);
    return chunkOf(Number(cursor));
  });
  return { list, loaded };
};

test('is its first page, and looks like it', () => {
  const { list, loaded } = openPages([[1, 2], [3]]);

  expect(list).toEqual({ items: [1, 2], total: 5 });
  expect(Object.keys(list)).toEqual(['items', 'total']);
  expect(JSON.stringify(list)).toBe('{"items":[1,2],"total":5}');
  expect(loaded).toEqual([]);
});

test('iterates all items, as often as it is asked to', () => {
  const { list, loaded } = openPages([[1, 2], [], [3, 4], [5]]);

  expect([...(list as Iterable<number>)]).toEqual([1, 2, 3, 4, 5]);
  expect([...(list as Iterable<number>)]).toEqual([1, 2, 3, 4, 5]);
  expect(loaded).toEqual([1, 2, 3, 1, 2, 3]);
});

test('loads no page before the iteration gets there', () => {
  const { list, loaded } = openPages([[1, 2], [3, 4], [5]]);

  for (const item of list as Iterable<number>) if (item === 3) break;

  expect(loaded).toEqual([1]);
});
