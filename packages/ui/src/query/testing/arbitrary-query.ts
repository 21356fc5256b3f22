import fc from 'fast-check';
import { isBareWord } from '../parse-value.ts';
import type { Condition, Value, Word } from '../query.ts';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'OR',
    'AND',
    'NOT',
    '-',
    '--x',
    '"',
    '\\',
    '\\"',
    'a b',
    '*',
    '**',
    '>5',
    '<=',
    '..',
  ),
  fc.constantFrom(
    'has',
    'has:x',
    'a:b',
    '(a)',
    ')',
    '1..2',
    '../x',
    '2026-11-01',
    '5*',
    '*5',
    '\n',
    ' ',
  ),
);

const quoted: fc.Arbitrary<Word> = fc
  .oneof(texts, fc.constant(''))
  .map((text) => ({ text, isQuoted: true }));
const bare: fc.Arbitrary<Word> = fc
  .oneof(texts, fc.constantFrom('gpt-4o', '2s', '$0.02', '1.5M', 'true', '-3', 'a:b', 'user@x.y'))
  .filter(isBareWord)
  .map((text) => ({ text, isQuoted: false }));
const word = fc.oneof(quoted, bare);
const end = fc
  .constantFrom('1', '-2.5', '2s', '1.5k', '$3', '2026-11-01', '2026-11-01T10:00Z')
  .map((text): Word => ({ text, isQuoted: false }));

const value: fc.Arbitrary<Value> = fc.oneof(
  word.map((one): Value => ({ kind: 'is', word: one })),
  texts.map((text): Value => ({ kind: 'contains', text })),
  fc
    .tuple(fc.constantFrom('>', '>=', '<', '<='), word)
    // `>` before `=5` reads as `>=` before `5`.
    .filter(([, { text, isQuoted }]) => isQuoted || !text.startsWith('='))
    .map(([sign, one]): Value => ({ kind: 'compares', sign, word: one })),
  fc.tuple(end, end).map(([from, to]): Value => ({ kind: 'range', from, to })),
  fc.constant<Value>({ kind: 'any' }),
);

const segment = fc.oneof(texts, fc.constantFrom('metadata', 'inputs', 'my key', 'a.b', 'has'));
const key = fc.array(segment, { minLength: 1, maxLength: 4 });

/** Any condition that can be written, the awkward ones often. */
export const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('clause' as const),
    key,
    isNegated: fc.boolean(),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('has' as const), key, isNegated: fc.boolean() }),
  fc.record({ kind: fc.constant('text' as const), text: texts }),
);
