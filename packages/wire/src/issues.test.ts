import { describe, expect, test } from 'vitest';
import { findIssues, formatPath } from './issues.ts';
import { operations } from './operations.ts';

test.each([
  [['events', 3, 'inputs'], 'events[3].inputs'],
  [['a'], 'a'],
  [[], ''],
  [[0, 'x'], '[0].x'],
])('%j is written %s', (path, text) => {
  expect(formatPath(path)).toBe(text);
});

describe('what is wrong is named by its field', () => {
  const { createEvent, createEventStrict, exportEvents } = operations;

  test.each([
    [createEvent.body, { event_type: 3 }, 'event_type'],
    [createEvent.body, { event_type: 'tool', inputs: [] }, 'inputs'],
    [createEvent.body, { event_type: 'tool', event_id: '' }, 'event_id'],
    [createEvent.body, { event_type: 'tool', duration: -1 }, 'duration'],
    [createEventStrict.body, { event_type: 'tool', inputs: {}, colour: 'red' }, 'colour'],
    [exportEvents.body, { limit: 7501 }, 'limit'],
    [exportEvents.body, { dateRange: { $gte: true } }, 'dateRange.$gte'],
    [createEvent.body, 'text', ''],
  ])('%#', (schema, value, field) => {
    expect(findIssues(schema, value)[0]?.field).toBe(field);
  });

  test('all problems are found at once', () => {
    expect(findIssues(createEvent.body, { event_type: 1, inputs: 2, metadata: 3 })).toHaveLength(3);
  });

  test('the path of the value itself comes first', () => {
    expect(findIssues(createEvent.body, { event_type: 1 }, ['events', 2])[0]?.field).toBe(
      'events[2].event_type',
    );
  });
});

test('a key called `__proto__` is data', () => {
  const value: unknown = JSON.parse('{"event_type":"tool","metadata":{"__proto__":{"a":1}}}');

  expect(findIssues(operations.createEvent.body, value)).toEqual([]);
});
