import { expect, test } from 'vitest';
import { makeCatalogue } from './field-catalogue.ts';
import type { Field } from './field-catalogue.ts';
import { applyEdit } from './query-edit.ts';
import { findTypeChoices } from './type-choices.ts';

const field = (path: string, ...types: Field['types']): Field => ({
  path,
  types,
  count: 1,
  on: 'both',
});
const catalogue = makeCatalogue([
  field('metadata.zip', 'string', 'number'),
  field('metadata.flag', 'boolean', 'string'),
  field('metadata.tier', 'string'),
]);
const choicesOf = (text: string) => findTypeChoices(text, { catalogue, timeZone: 'UTC' });

test.each([
  ['metadata.zip:10115', 'number', 'string', 'metadata.zip:"10115"'],
  ['metadata.zip:"10115"', 'string', 'number', 'metadata.zip:10115'],
  ['-metadata.flag:true refund', 'boolean', 'string', '-metadata.flag:"true" refund'],
  ['metadata.zip:(one OR 2)', 'number', 'string', 'metadata.zip:(one OR "2")'],
] as const)('%s can be read as %s and as %s', (text, type, other, turned) => {
  const [choice] = choicesOf(text);

  expect(choice).toMatchObject({ type, other });
  expect(choice && applyEdit(text, choice.edit)).toBe(turned);
});

test.each([
  'metadata.tier:5',
  'metadata.zip:Berlin',
  'metadata.zip:"two words"',
  'metadata.zip:>5',
  'metadata.zip:*5*',
  'has:metadata.zip',
  'metadata.unknown:5',
  'zip:5 "5"',
])('%s can be read in one way only', (text) => {
  expect(choicesOf(text)).toEqual([]);
});
