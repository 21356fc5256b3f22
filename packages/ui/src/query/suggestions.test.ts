import { expect, test } from 'vitest';
import { findCompletion } from './completion.ts';
import type { Field } from './field-catalogue.ts';
import { fixedValues, rankKeys, rankRecents, rankSigns, withSigns } from './suggestions.ts';

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

test('earlier queries that continue the text are offered, not the text itself', () => {
  expect(rankRecents(['has:error', 'has:feedback', 'x'], 'has:')).toHaveLength(2);
  expect(rankRecents(['has:error'], 'has:error ')).toHaveLength(0);
});

test.each([
  ['a number', field('duration', 1), ['number'], ['>', '>=', '<', '<=']],
  ['text', field('source', 1), ['string'], ['**', '()']],
  ['both', field('metadata.x', 1), ['string', 'number'], ['>', '>=', '<', '<=', '**', '()']],
  ['a moment', field('start_time', 1), ['datetime'], ['>', '>=', '<', '<=']],
  ['yes or no', field('metadata.ok', 1), ['boolean'], []],
  ['one of a few', { ...field('event_type', 1), values: ['tool'] }, ['string'], ['()']],
] as const)(
  'where the value of a key is %s, signs that fit are offered',
  (_, key, types, signs) => {
    const completion = findCompletion(`${key.path}:`, key.path.length + 1);
    if (completion.kind !== 'value') throw new Error(`a ${completion.kind}`);

    expect(rankSigns({ ...key, types }, completion)).toEqual(
      signs.map((sign) => ({ kind: 'sign', sign })),
    );
  },
);

test.each(['source:pr', 'source:(', 'source:(a OR '])('none is offered after %s', (text) => {
  const completion = findCompletion(text, text.length);
  if (completion.kind !== 'value') throw new Error(`a ${completion.kind}`);

  expect(rankSigns(field('source', 1), completion)).toEqual([]);
});

test('signs come before values that have an order, and after all others', () => {
  const signs = [{ kind: 'sign', sign: '>' }] as const;
  const values = [{ kind: 'value', value: 1, count: 2 }] as const;
  const kinds = (types: Field['types']) =>
    withSigns({ ...field('x', 1), types }, { values, signs }).map(({ kind }) => kind);

  expect(kinds(['number'])).toEqual(['sign', 'value']);
  expect(kinds(['number', 'string'])).toEqual(['value', 'sign']);
});
