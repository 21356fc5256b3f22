import { expect, test } from 'vitest';
import { extendSelection, noSelection, toggleRow } from './row-selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].toSorted();

test('a row is picked and dropped again', () => {
  const once = toggleRow(noSelection, 'b');
  expect(ids(once)).toEqual(['b']);
  expect(ids(toggleRow(once, 'b'))).toEqual([]);
});

test('a range goes from the row before to this one, in both directions', () => {
  const down = extendSelection(toggleRow(noSelection, 'b'), 'd', order);
  expect(ids(down)).toEqual(['b', 'c', 'd']);
  expect(ids(extendSelection(toggleRow(noSelection, 'd'), 'b', order))).toEqual(['b', 'c', 'd']);
});

test('a range from a row that was dropped drops', () => {
  const all = extendSelection(toggleRow(noSelection, 'a'), 'e', order);
  expect(ids(extendSelection(toggleRow(all, 'b'), 'd', order))).toEqual(['a', 'e']);
});

test('without a row before, or with one that is gone, a range is one row', () => {
  expect(ids(extendSelection(noSelection, 'c', order))).toEqual(['c']);
  expect(ids(extendSelection(toggleRow(noSelection, 'gone'), 'c', order))).toEqual(['c', 'gone']);
});
