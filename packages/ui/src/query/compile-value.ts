import type { Field } from './field-catalogue.ts';
import type { Filter, FieldType } from './filter.ts';
import { parseMeasure } from './measure.ts';
import type { Sign, Value, Word } from './query.ts';
import { parseWallTime } from './wall-time.ts';
import { queryProblems, typeExamples } from '../text/query.ts';

/** Lists that must all hold; of each list one must hold. */
export type Clauses = readonly (readonly Filter[])[];

/** What the meaning of a value depends on. */
export interface ValueContext {
  readonly path: string;
  /** null for a key that has not been seen. */
  readonly field: Field | null;
  /** IANA name; the default zone of times. */
  readonly timeZone: string;
}

/** The filters for a value, or the problem with it. */
export function compileValue(value: Value, context: ValueContext): Clauses | string {
  const { path: field } = context;
  switch (value.kind) {
    case 'any':
      return [[{ field, operator: 'exists' }]];
    case 'contains':
      return [[{ field, operator: 'contains', value: value.text, type: 'string' }]];
    case 'is':
      return compileIs(value.word, context);
    case 'compares':
      return compileComparison(value.sign, value.word, context);
    case 'range':
      return compileRange(value.from, value.to, context);
  }
}

function compileIs(word: Word, context: ValueContext): Clauses | string {
  const { path, field } = context;
  if (field?.values && !field.values.includes(word.text)) {
    return queryProblems.oneOf(path, field.values);
  }
  const operand = findOperand(word, context, 'is');
  return typeof operand === 'string' ? operand : [[{ field: path, operator: 'is', ...operand }]];
}

function compileRange(from: Word, to: Word, context: ValueContext): Clauses | string {
  const low = compileComparison('>=', from, context);
  const high = compileComparison('<=', to, context);
  if (typeof low === 'string') return low;
  return typeof high === 'string' ? high : [...low, ...high];
}

const operators = {
  '>': { number: 'greater than', string: 'greater than', datetime: 'after' },
  '<': { number: 'less than', string: 'less than', datetime: 'before' },
} as const;

/** The API has no "at least": it is "greater than, or is". */
function compileComparison(sign: Sign, word: Word, context: ValueContext): Clauses | string {
  const operand = findOperand(word, context, 'order');
  if (typeof operand === 'string') return operand;
  const { path: field } = context;
  const { type } = operand;
  if (type === 'boolean') return queryProblems.noOrder;
  const strict = sign === '>' || sign === '>=' ? '>' : '<';
  const beyond: Filter = { field, operator: operators[strict][type], ...operand };
  return [sign === strict ? [beyond] : [beyond, { field, operator: 'is', ...operand }]];
}

interface Operand {
  readonly value: string | number | boolean;
  readonly type: FieldType;
}

/** For each type what a word says in it, null when it says nothing. */
const readers: Readonly<
  Record<FieldType, (word: Word, timeZone: string) => Operand['value'] | null>
> = {
  number: ({ text }) => parseMeasure(text)?.value ?? null,
  boolean: ({ text }) => (text === 'true' ? true : text === 'false' ? false : null),
  datetime: ({ text }, timeZone) => {
    const at = parseWallTime(text, timeZone);
    return at === null ? null : new Date(at).toISOString();
  },
  string: ({ text }) => text,
};

type Use = 'is' | 'order';

function findOperand(word: Word, context: ValueContext, use: Use): Operand | string {
  const types = decideTypes(word, context.field, use);
  for (const type of types) {
    const value = readers[type](word, context.timeZone);
    if (value !== null) return { value, type };
  }
  return queryProblems.wrongType(
    context.path,
    types.map((type) => typeExamples[type]),
  );
}

/**
 * The types to read a word in, the first that fits wins. Quotes mean text, where the key can hold text. A unit makes a
 * number only where nothing but numbers is, or where there is an order: `metadata.size:2m` may be a name.
 */
function decideTypes(word: Word, field: Field | null, use: Use): readonly FieldType[] {
  const seen = field?.types ?? allTypes;
  if (word.isQuoted && seen.includes('string')) return ['string'];
  if (use === 'order') {
    const ordered = orderedTypes.filter((type) => seen.includes(type) || seen.includes('string'));
    return ordered.length > 0 ? ordered : seen;
  }
  const isAmbiguous = seen.includes('string') && parseMeasure(word.text)?.hasUnit === true;
  return allTypes.filter((type) => seen.includes(type) && !(isAmbiguous && type === 'number'));
}

const orderedTypes: readonly FieldType[] = ['number', 'datetime'];
const allTypes: readonly FieldType[] = ['number', 'boolean', 'datetime', 'string'];
