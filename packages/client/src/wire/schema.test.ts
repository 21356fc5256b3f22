import fc from 'fast-check';
import * as wire from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import { bodySchemas } from '../generated/schemas.ts';
import { findBodyIssues } from './body-issues.ts';
import { findSchemaIssues } from './schema.ts';

const endpoints = Object.keys(bodySchemas) as (keyof typeof bodySchemas)[];

/** Values that are near the edges of the contract, and others. */
const value = fc.oneof(
  { maxDepth: 3 },
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(0, -1, 0.5, 1, 1.5, 8.64e15, 8.64e15 + 2, 36_500, 36_501, 7500, 7501),
  fc.integer({ min: 0, max: 1100 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom('', ' ', 'session', 'exists', 'id', null, true, {}, [], [{}]),
  fc.record({ field: fc.constantFrom('a', '', 5), operator: fc.constantFrom('is', 'like') }),
);

describe('findSchemaIssues', () => {
  test.each(endpoints)('agrees with the contract on any body of %s', (endpoint) => {
    const names = Object.keys(bodySchemas[endpoint].properties);
    const schema = wire.operations[endpoint].body;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names, 'other'), value, { maxKeys: 4 }),
        (given) => {
          const body: unknown = JSON.parse(JSON.stringify(given));
          const ours = findSchemaIssues(bodySchemas[endpoint], body);
          const theirs = wire.findIssues(schema, body);
          expect([ours.length > 0, body]).toEqual([theirs.length > 0, body]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each([
    ['createEvent', { event_type: 5 }, 'event_type', 'expected string, received number'],
    ['createEvent', {}, 'event_type', 'is required'],
    ['createEvent', { event_type: 'llm' }, 'event_type', 'must be one of session, model'],
    [
      'createEvent',
      { event_type: 'tool', start_time: {} },
      'start_time',
      'expected number or string or null, received object',
    ],
    [
      'createEvent',
      { event_type: 'tool', children_ids: ['a', 5] },
      'children_ids[1]',
      'expected string, received number',
    ],
    ['updateEvent', { event_id: '' }, 'event_id', 'must be text that is not empty'],
    [
      'updateEvent',
      { event_id: 'x'.repeat(129) },
      'event_id',
      'must have at most 128 characters; got 129',
    ],
    ['createProject', { name: '  ' }, 'name', 'must match /'],
    ['createProject', { name: '..' }, 'name', 'must match /'],
    ['updateProjectSettings', { sampling_rate: 2 }, 'sampling_rate', 'must be at most 1; got 2'],
    [
      'updateProjectSettings',
      { retention_days: 1.5 },
      'retention_days',
      'must be a whole number; got 1.5',
    ],
    [
      'updateProjectSettings',
      { alert_thresholds: { mine: 'a' } },
      'alert_thresholds.mine',
      'expected number or null, received string',
    ],
    ['createEventBatch', { events: [] }, 'events', 'must have at least 1 items; got 0'],
    ['exportEvents', { filters: [{ field: 'a' }] }, 'filters[0].operator', 'is required'],
  ] as const)('of %s says of %j: %s %s', (endpoint, body, field, message) => {
    expect(findBodyIssues(endpoint, body)).toEqual([
      { field, message: expect.stringContaining(message) },
    ]);
  });

  test('lets pass what only JSON.stringify can tell', () => {
    const event = {
      event_type: 'tool',
      start_time: new Date(),
      inputs: new Map(),
      metadata: { toJSON: () => ({}) },
      duration: Number.NaN,
      outputs: () => 5,
      source: undefined,
    };

    expect(findBodyIssues('createEvent', event)).toEqual([]);
  });
});
