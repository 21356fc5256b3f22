import { limits } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { costOfFilter, findTooCostly } from './filter-cost.ts';
import { parseConditions, parseFilters } from './filter-input.ts';

const pathOf = (segments: number): string =>
  ['metadata', ...Array.from({ length: segments }, (_, index) => `k${index}`)].join('.');
const filterOf = (segments: number) => ({
  field: pathOf(segments),
  operator: 'not contains' as const,
  value: 'a',
});
const listOf = (count: number, segments: number) =>
  Array.from({ length: count }, () => filterOf(segments));

test('a filter costs as much as the ways that its path may take', () => {
  const cost = (field: string): number => costOfFilter({ path: field.split('.') });

  expect([
    cost('event_name'),
    cost('metadata'),
    cost(pathOf(1)),
    cost(pathOf(2)),
    cost(pathOf(3)),
    cost(pathOf(18)),
    cost('inputs.chat_history.0.content'),
  ]).toEqual([1, 1, 2, 6, 12, 53, 15]);
});

test('as many filters as there may be on three segments are fine, and few on eighteen', () => {
  expect(parseFilters(listOf(limits.filters, 3), ['filters']).issues).toEqual([]);
  expect(parseConditions(listOf(11, 18), ['filters']).issues).toEqual([]);
});

test('beyond the limit it says what the filters cost, what is allowed and which path is the reason', () => {
  const expected = [
    {
      field: 'filters',
      message:
        'the filters cost 2650, at most 600 is allowed: a path of 19 segments costs 53; send fewer filters or shorter paths',
    },
  ];

  expect(parseFilters(listOf(50, 18), ['filters']).issues).toEqual(expected);
  expect(parseConditions(listOf(50, 18), ['filters']).issues).toEqual(expected);
});

test('what stands in any_of counts as well', () => {
  const anyOf = { any_of: listOf(25, 12) };

  expect(parseConditions([anyOf, anyOf], ['filters']).issues).toHaveLength(1);
  expect(findTooCostly([])).toBeNull();
});
