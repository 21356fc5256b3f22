import { describe, expect, test } from 'vitest';
import { parseConditions, parseField, parseFilters } from './filter-input.ts';

const parse = (input: unknown) => parseFilters(input, ['filters']);

describe('fields', () => {
  test.each([
    ['event_type', ['event_type']],
    ['session_name', ['event_name']],
    ['metadata.a.b', ['metadata', 'a', 'b']],
    ['inputs', ['inputs']],
  ])('%s names %j', (field, path) => {
    expect(parseField(field)).toEqual({ path });
  });

  test.each(['nope', 'event_type.x', 'metadata.', 'metadata..a', '', 'metadata' + '.a'.repeat(40)])(
    '%j is refused with what is allowed',
    (field) => {
      expect(parseField(field)).toHaveProperty('message');
    },
  );
});

describe('filters', () => {
  test('a single filter may stand without the list', () => {
    expect(parse({ field: 'source', operator: 'is', value: 'dev' }).filters).toHaveLength(1);
  });

  test('the legacy type id is a string', () => {
    expect(
      parse([{ field: 'event_id', operator: 'is', value: 'x', type: 'id' }]).filters[0]?.type,
    ).toBe('string');
  });

  test.each([
    [{ field: 'metadata.n', operator: 'greater than', value: '5' }, 'number'],
    [{ field: 'metadata.n', operator: 'is', value: 5 }, 'number'],
    [{ field: 'metadata.n', operator: 'is', value: true }, 'boolean'],
    [{ field: 'metadata.t', operator: 'after', value: '2026-01-01' }, 'datetime'],
    [{ field: 'start_time', operator: 'greater than', value: 1 }, 'datetime'],
    [{ field: 'metadata.n', operator: 'is', value: 'x' }, 'string'],
  ])('%j compares as %s', (filter, type) => {
    expect(parse([filter]).filters[0]?.type).toBe(type);
  });

  test.each([
    [{ field: 'x', operator: 'is', value: 1 }, 'filters[0].field'],
    [{ field: 'source', operator: 'like', value: 1 }, 'filters[0].operator'],
    [{ field: 'source', operator: 'is' }, 'filters[0].value'],
    [{ field: 'metadata.n', operator: 'is', value: 'x', type: 'number' }, 'filters[0].value'],
    [{ field: 'metadata.n', operator: 'after', value: 'noon' }, 'filters[0].value'],
    [7, 'filters[0]'],
  ])('%j is refused at %s', (filter, field) => {
    expect(parse([filter]).issues[0]?.field).toBe(field);
  });

  test('all problems are reported at once', () => {
    expect(parse([{ field: 'x', operator: 'is', value: 1 }, 3]).issues).toHaveLength(2);
  });
});

describe('conditions', () => {
  const parseList = (input: unknown) => parseConditions(input, ['filters']);
  const named = (name: string) => ({ field: 'source', operator: 'is', value: name });

  test('are filters, and lists of which one must hold', () => {
    const { filters, issues } = parseList([named('a'), { any_of: [named('b'), named('c')] }]);
    expect(issues).toEqual([]);
    expect(filters).toMatchObject([{ value: 'a' }, { anyOf: [{ value: 'b' }, { value: 'c' }] }]);
    expect(parseList(undefined)).toEqual({ filters: [], issues: [] });
  });

  test.each([
    [[{ any_of: [] }], 'filters[0].any_of', 'expected array to have'],
    [
      [{ any_of: [named('a'), { field: 'nope', operator: 'exists' }] }],
      'filters[0].any_of[1].field',
      'expected one of',
    ],
    [[named('a'), { field: 'source', operator: 'like' }], 'filters[1].operator', 'expected one of'],
    [[{ any_of: [{ any_of: [named('a')] }] }], 'filters[0].any_of[0].field', 'expected string'],
    ['x', 'filters', 'expected array'],
    [
      Array.from({ length: 26 }, () => ({ any_of: [named('a'), named('b')] })),
      'filters',
      'at most 50',
    ],
  ])('%j is refused at %s: %s', (input, field, message) => {
    const [issue] = parseList(input).issues;
    expect(issue?.field).toBe(field);
    expect(issue?.message).toContain(message);
  });
});
