import { expect, test } from 'vitest';
import type { EventFilter } from '../../../domain/event-query.ts';
import { decideComparison } from './comparison.ts';

const decide = (
  operator: EventFilter['operator'],
  value: EventFilter['value'],
  type: EventFilter['type'],
) => decideComparison({ path: ['source'], operator, value, type });

test.each([
  ['exists', null, 'string', { kind: 'exists' }],
  ['not exists', null, 'number', { kind: 'exists' }],
  ['is', 'a', 'string', { kind: 'equalsText', value: 'a' }],
  ['is not', 3, 'string', { kind: 'equalsText', value: '3' }],
  ['is', true, 'string', { kind: 'equalsText', value: 'true' }],
  ['is', '3.0', 'number', { kind: 'comparesNumber', sign: '=', value: 3 }],
  ['is', 'x', 'number', { kind: 'never' }],
  ['is', '', 'number', { kind: 'never' }],
  ['is', true, 'number', { kind: 'never' }],
  ['is', 'true', 'boolean', { kind: 'equalsBoolean', value: true }],
  ['is', false, 'boolean', { kind: 'equalsBoolean', value: false }],
  ['is', 'yes', 'boolean', { kind: 'never' }],
  ['is', '1970-01-01T00:00:01Z', 'datetime', { kind: 'comparesInstant', sign: '=', value: 1000 }],
  ['contains', 5, 'number', { kind: 'containsText', value: '5' }],
  ['not contains', 'a', 'string', { kind: 'containsText', value: 'a' }],
  ['greater than', 'b', 'string', { kind: 'comparesText', sign: '>', value: 'b' }],
  ['greater than', 5, 'string', { kind: 'comparesNumber', sign: '>', value: 5 }],
  ['less than', '5', 'number', { kind: 'comparesNumber', sign: '<', value: 5 }],
  ['less than', 1000, 'datetime', { kind: 'comparesInstant', sign: '<', value: 1000 }],
  ['greater than', true, 'boolean', { kind: 'never' }],
  ['after', '1970-01-02', 'string', { kind: 'comparesInstant', sign: '>', value: 86_400_000 }],
  ['before', 'soon', 'datetime', { kind: 'never' }],
  ['before', true, 'datetime', { kind: 'never' }],
  ['is', null, 'string', { kind: 'never' }],
] as const)('%s %j as %s', (operator, value, type, expected) => {
  expect(decide(operator, value, type)).toEqual(expected);
});
