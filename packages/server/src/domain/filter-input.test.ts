import { describe, expect, test } from 'vitest';
import { parseField, parseFilters } from './filter-input.ts';

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
