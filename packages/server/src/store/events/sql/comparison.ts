import type { EventFilter } from '../../../domain/event-query.ts';
import { parseInstant } from 'honeyhive-facts';

/** What a filter asks of a value, once operator, type and value are understood. */
export type Comparison =
  | { readonly kind: 'exists' }
  /** Nothing can match: `greater than` on booleans, or an invalid number. */
  | { readonly kind: 'never' }
  | { readonly kind: 'equalsText' | 'containsText'; readonly value: string }
  | { readonly kind: 'equalsBoolean'; readonly value: boolean }
  | { readonly kind: 'comparesText'; readonly sign: '>' | '<'; readonly value: string }
  | {
      readonly kind: 'comparesNumber' | 'comparesInstant';
      readonly sign: Sign;
      readonly value: number;
    };

/** On which side of the filter's value the event's value lies; `=` for neither. */
type Sign = '>' | '<' | '=';

const never: Comparison = { kind: 'never' };

/** The operator without its `not`, and whether it had one. */
export function splitNegation(operator: EventFilter['operator']): {
  isNegated: boolean;
  positive: 'exists' | 'is' | 'contains' | 'greater than' | 'less than' | 'after' | 'before';
} {
  switch (operator) {
    case 'not exists':
      return { isNegated: true, positive: 'exists' };
    case 'is not':
      return { isNegated: true, positive: 'is' };
    case 'not contains':
      return { isNegated: true, positive: 'contains' };
    default:
      return { isNegated: false, positive: operator };
  }
}

/**
 * - `is` compares scalars: as text with type string (the number 3 is `3`), as numbers, booleans or instants otherwise.
 * - `contains` looks for the text in the scalar's text, or in the JSON text of an array or object; case counts.
 * - `greater than` and `less than` follow the type; a number as value makes them numeric whatever the type says.
 * - `after` and `before` compare instants whatever the type says.
 */
export function decideComparison(filter: EventFilter): Comparison {
  const { value, type } = filter;
  const { positive } = splitNegation(filter.operator);
  if (positive === 'exists') return { kind: 'exists' };
  if (value === null) return never;
  switch (positive) {
    case 'is':
      return decideEquality(value, type);
    case 'contains':
      return { kind: 'containsText', value: String(value) };
    case 'after':
      return decideOrder(value, 'datetime', '>');
    case 'before':
      return decideOrder(value, 'datetime', '<');
    default:
      return decideOrder(
        value,
        type === 'string' && typeof value === 'number' ? 'number' : type,
        positive === 'greater than' ? '>' : '<',
      );
  }
}

type Value = string | number | boolean;

function decideEquality(value: Value, type: EventFilter['type']): Comparison {
  if (type === 'string') return { kind: 'equalsText', value: String(value) };
  if (type !== 'boolean') return decideMeasure(value, type, '=');
  const text = String(value);
  return text === 'true' || text === 'false'
    ? { kind: 'equalsBoolean', value: text === 'true' }
    : never;
}

function decideOrder(value: Value, type: EventFilter['type'], sign: '>' | '<'): Comparison {
  if (type === 'boolean') return never;
  if (type === 'string') return { kind: 'comparesText', sign, value: String(value) };
  return decideMeasure(value, type, sign);
}

function decideMeasure(value: Value, type: 'number' | 'datetime', sign: Sign): Comparison {
  const measure = type === 'number' ? toNumber(value) : toInstant(value);
  if (measure === null) return never;
  return { kind: type === 'number' ? 'comparesNumber' : 'comparesInstant', sign, value: measure };
}

function toNumber(value: Value): number | null {
  if (typeof value === 'boolean' || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const toInstant = (value: Value): number | null =>
  typeof value === 'boolean' ? null : parseInstant(value);
