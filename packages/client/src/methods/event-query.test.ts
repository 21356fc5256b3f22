import { describe, expect, test } from 'vitest';
import type { Issue } from '../errors/errors.ts';
import { toEventQuery } from './event-query.ts';
import type { ListInput } from './event-query.ts';

function read(input: ListInput) {
  const issues: Issue[] = [];
  return { query: toEventQuery(input, { session_name: 'event_name' }, issues), issues };
}

describe('toEventQuery', () => {
  test.each([
    [{ session_id: 's' }, { field: 'session_id', operator: 'is', value: 's', type: 'string' }],
    [
      { session_name: 'chat' },
      { field: 'event_name', operator: 'is', value: 'chat', type: 'string' },
    ],
    [{ duration: 5 }, { field: 'duration', operator: 'is', value: 5, type: 'number' }],
    [
      { 'user_properties.vip': true },
      { field: 'user_properties.vip', operator: 'is', value: true, type: 'boolean' },
    ],
    [{ plan: 'pro' }, { field: 'metadata.plan', operator: 'is', value: 'pro', type: 'string' }],
    [
      { 'plan.name': 'pro' },
      { field: 'metadata.plan.name', operator: 'is', value: 'pro', type: 'string' },
    ],
    [{ parent_id: null }, { field: 'parent_id', operator: 'not exists' }],
    [
      { end_time: new Date(0) },
      { field: 'end_time', operator: 'is', value: '1970-01-01T00:00:00.000Z', type: 'datetime' },
    ],
  ])('reads %j as one condition', (input, filter) => {
    expect(read(input)).toEqual({ query: { filters: [filter], dateRange: {} }, issues: [] });
  });

  test('adds filters that are given as such, and leaves out what is undefined', () => {
    const filter = {
      field: 'metadata.cost',
      operator: 'greater than',
      value: 1,
      type: 'number',
    } as const;

    const { query } = read({
      source: 'a',
      plan: undefined,
      limit: 5,
      offset: 5,
      project: 'p',
      filters: [filter],
    });

    expect(query.filters).toEqual([
      { field: 'source', operator: 'is', value: 'a', type: 'string' },
      filter,
    ]);
  });

  test.each([
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['2026-03-29 10:00:00.5+02', '2026-03-29 10:00:00.5+02'],
    ['2026-03-29', '2026-03-29'],
    ['1774778400000', '1774778400000'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
  ])('bounds the start by %j', (instant, text) => {
    expect(read({ created_after: instant }).query.dateRange).toEqual({ $gte: text });
    expect(read({ created_before: instant }).query.dateRange).toEqual({ $lte: text });
  });

  test.each<[ListInput, string]>([
    [{ metadata: { plan: 'pro' } }, 'metadata'],
    [{ plan: ['a', 'b'] }, 'plan'],
    [{ score: Number.NaN }, 'score'],
    [{ end_time: new Date(Number.NaN) }, 'end_time'],
    [{ created_after: new Date(Number.NaN) }, 'created_after'],
    [{ created_before: '' }, 'created_before'],
    [{ created_before: '03/29/2026 10:00' }, 'created_before'],
    [{ created_after: '2026-3-9 10:00' }, 'created_after'],
    [{ created_after: 'yesterday' }, 'created_after'],
    [JSON.parse('{"filters": {"field": "a"}}') as ListInput, 'filters'],
  ])('refuses %j', (input, field) => {
    expect(read(input).issues.map((issue) => issue.field)).toEqual([field]);
  });
});
