import { expect, test } from 'vitest';
import type { Field } from './field-catalogue.ts';
import { fixedValues, rankKeys, rankRecents } from './suggestions.ts';

const field = (path: string, count: number): Field => ({
  path,
  types: ['string'],
  count,
  on: 'both',
});

test('keys that begin with what is typed come first, then those with a name that does', () => {
  const fields = [
    field('metadata.customer_tier', 90),
    field('tier_list', 1),
    field('inputs.frontier', 99),
    field('metadata.tier', 80),
    field('source', 100),
  ];
  expect(rankKeys(fields, 'Tier').map(({ path }) => path)).toEqual([
    'tier_list',
    'metadata.customer_tier',
    'metadata.tier',
    'inputs.frontier',
  ]);
});

test('without anything typed the keys that most events have come first', () => {
  const fields = [field('a', 1), field('b', 3), field('c', 2)];
  expect(rankKeys(fields, '').map(({ path }) => path)).toEqual(['b', 'c', 'a']);
});

test('a key with fixed values offers those that begin with what is typed', () => {
  const types = { ...field('event_type', 1), values: ['session', 'model'] };
  expect(fixedValues(types, 'mo')).toEqual([{ kind: 'value', value: 'model', count: null }]);
});

test('earlier queries that go on from the text are offered, not the text itself', () => {
  expect(rankRecents(['has:error', 'has:feedback', 'x'], 'has:')).toHaveLength(2);
  expect(rankRecents(['has:error'], 'has:error ')).toHaveLength(0);
});
