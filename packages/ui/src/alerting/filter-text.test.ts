import { expect, it, test } from 'vitest';
import { printFilters } from './filter-text.ts';
import type { AlertFilters } from './filter-text.ts';

const text = (field: string, operator: 'is' | 'is not' | 'contains', value: string) =>
  ({ field, operator, value, type: 'string' }) as const;

it.each<[AlertFilters, string]>([
  [[], ''],
  [[text('event_type', 'is', 'model')], 'event_type:model'],
  [[text('source', 'is not', 'load test')], '-source:"load test"'],
  [[text('event_name', 'contains', 'chat')], 'event_name:*chat*'],
  [[{ field: 'error', operator: 'exists' }], 'has:error'],
  [[{ field: 'error', operator: 'not exists' }], '-has:error'],
  [
    [{ field: 'duration', operator: 'greater than', value: 2000, type: 'number' }],
    'duration:>2000',
  ],
  [[{ any_of: [text('model', 'is', 'gpt-5'), text('model', 'is', 'o3')] }], 'model:(gpt-5 OR o3)'],
])('%j is written %j', (filters, query) => {
  expect(printFilters(filters)).toBe(query);
});

test('a number in a text stays a text', () => {
  expect(printFilters([text('metadata.plan', 'is', '5')])).toBe('metadata.plan:"5"');
});

test('alternatives of several fields, or with a negation, have no text', () => {
  expect(printFilters([{ any_of: [text('a', 'is', '1'), text('b', 'is', '1')] }])).toBeNull();
  expect(printFilters([{ any_of: [text('a', 'is not', '1'), text('a', 'is', '2')] }])).toBeNull();
});
