import type { AlertIn, Immutable } from 'honeyhive-wire';
import type { Filter } from '../query/filter.ts';
import { printCondition, toWord } from '../query/print-query.ts';
import type { Condition, Value } from '../query/query.ts';

/** Filters as an alert has them. */
export type AlertFilters = Immutable<NonNullable<AlertIn['filters']>>;
type Entry = AlertFilters[number];
type Single = Exclude<Entry, { any_of: unknown }>;

/**
 * The query that says the same as filters of an alert; null where none does, as for alternatives of several fields.
 */
export function printFilters(filters: AlertFilters): string | null {
  const conditions = filters.map(toCondition);
  return conditions.every((condition) => condition !== null)
    ? conditions.map(printCondition).join(' ')
    : null;
}

function toCondition(entry: Entry): Condition | null {
  if (!isAnyOf(entry)) return toClause(entry);
  const clauses = entry.any_of.map(toClause);
  const [first] = clauses;
  if (first?.kind !== 'clause' || first.isNegated) return null;
  const isOneField = entry.any_of.every(({ field }) => field === entry.any_of[0]?.field);
  const values = clauses.flatMap((clause) =>
    clause?.kind === 'clause' && !clause.isNegated ? clause.values : [],
  );
  return isOneField && values.length === clauses.length ? { ...first, values } : null;
}

const isAnyOf = (entry: Entry): entry is Exclude<Entry, Single> => 'any_of' in entry;

function toClause({ field, operator, value, type }: Single): Condition {
  const key = field.split('.');
  if (operator === 'exists' || operator === 'not exists')
    return { kind: 'has', key, isNegated: operator === 'not exists' };
  const toValue = valueOf[operator];
  // Only a text in quotes is taken for one.
  const typed =
    type === undefined || type === null || type === 'string' ? String(value ?? '') : (value ?? '');
  return {
    kind: 'clause',
    key,
    isNegated: operator === 'is not' || operator === 'not contains',
    values: [toValue(typed)],
  };
}

type Typed = string | number | boolean;

const is = (value: Typed): Value => ({ kind: 'is', word: toWord(value) });
const contains = (value: Typed): Value => ({ kind: 'contains', text: String(value) });
const compares =
  (sign: '>' | '<') =>
  (value: Typed): Value => ({ kind: 'compares', sign, word: toWord(value) });

const valueOf: Readonly<
  Record<Exclude<Filter['operator'], 'exists' | 'not exists'>, (value: Typed) => Value>
> = {
  is,
  'is not': is,
  contains,
  'not contains': contains,
  'greater than': compares('>'),
  after: compares('>'),
  'less than': compares('<'),
  before: compares('<'),
};
