import { describe, expect, test } from 'vitest';
import { askedPaths, columnsFor, moveColumn, toColumns } from './column.ts';
import { defaultSort, nextSort, sortParam } from './list-sort.ts';

describe('columns', () => {
  test('are those of the list, and fields by their path', () => {
    const columns = toColumns(['name', 'metadata.tier', 'name'], 'events');
    expect(columns.map(({ id, sort }) => [id, sort])).toEqual([
      ['name', 'event_name'],
      ['metadata.tier', null],
    ]);
    expect(askedPaths(columns)).toEqual(['metadata.tier']);
  });

  test('that only sessions have are left out of lists of events', () => {
    expect(toColumns(['events', 'errors', 'name'], 'models').map(({ id }) => id)).toEqual(['name']);
  });

  test.each(['sessions', 'models', 'events'] as const)('of %s are all there by default', (kind) => {
    const ids = columnsFor(kind, 'start_time');
    expect(toColumns(ids, kind).map(({ id }) => id)).toEqual(ids);
    expect(askedPaths(toColumns(ids, kind))).toEqual([]);
  });

  test.each([false, true])('show the time that sorts them, also on a phone: %s', (isNarrow) => {
    expect(columnsFor('sessions', 'start_time', isNarrow)).toContain('start');
    expect(columnsFor('sessions', 'last_activity', isNarrow)).toContain('activity');
    expect(columnsFor('sessions', 'last_activity', isNarrow)).not.toContain('start');
  });

  test('move to another place', () => {
    expect(moveColumn(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
    expect(moveColumn(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moveColumn(['a', 'b', 'c'], 'b', 9)).toEqual(['a', 'c', 'b']);
    expect(moveColumn(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  });
});

describe('the order', () => {
  test.each([
    'duration',
    '-duration',
    'name',
    '-tokens',
    'cost',
    '-events',
    'errors',
    'start',
    '-activity',
  ])('%s is in the address as it was written', (text) => {
    expect(sortParam.print(sortParam.parse(text))).toBe(text);
  });

  test.each([null, '', '-start', 'nothing', '--start'])('%s is newest first', (text) => {
    expect(sortParam.parse(text)).toEqual(defaultSort);
    expect(sortParam.print(sortParam.parse(text))).toBeNull();
  });

  test('turns round with a second click', () => {
    const once = nextSort(defaultSort, 'duration_ms');
    expect(once).toEqual({ field: 'duration_ms', direction: 'descending' });
    expect(nextSort(once, 'duration_ms').direction).toBe('ascending');
    expect(nextSort(once, 'event_name').direction).toBe('ascending');
  });
});
