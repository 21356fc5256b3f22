import { expect, test } from 'vitest';
import { defaultGroupSort, groupSortParam, nextGroupSort } from './group-sort.ts';

test.each(['-p95_ms', 'value', 'count', '-cost_usd'])('%s stays as it was written', (text) => {
  expect(groupSortParam.print(groupSortParam.parse(text))).toBe(text);
});

test.each([null, '', '-count', 'nothing'])('%s is the largest group first', (text) => {
  expect(groupSortParam.parse(text)).toEqual(defaultGroupSort);
  expect(groupSortParam.print(groupSortParam.parse(text))).toBeNull();
});

test('a second click turns the order round', () => {
  const once = nextGroupSort(defaultGroupSort, 'p95_ms');
  expect(once).toEqual({ field: 'p95_ms', direction: 'descending' });
  expect(nextGroupSort(once, 'p95_ms').direction).toBe('ascending');
  expect(nextGroupSort(once, 'value').direction).toBe('ascending');
});
