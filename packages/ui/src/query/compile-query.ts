import { limits } from 'honeyhive-facts';
import { compileValue } from './compile-value.ts';
import type { Clauses } from './compile-value.ts';
import { findPathFault, pathOfKey } from './field-catalogue.ts';
import type { FieldCatalogue } from './field-catalogue.ts';
import type { Filter, FilterEntry } from './filter.ts';
import { parseQuery } from './parse-query.ts';
import type { Condition, Item, Problem } from './query.ts';
import type { Span } from './span.ts';
import { queryProblems } from '../text/query.ts';

/** What the API is asked for. */
export interface CompiledQuery {
  readonly filters: readonly FilterEntry[];
  /** Words that must all match; may be empty. */
  readonly texts: readonly string[];
  /** Whether the conditions are on the session itself or on any event in it. */
  readonly target: 'session' | 'any_event';
}

export interface QueryContext {
  readonly catalogue: FieldCatalogue;
  /** IANA name. */
  readonly timeZone: string;
}

/** Either all of a query can be asked for, or none of it. */
export type Compilation =
  | { readonly query: CompiledQuery; readonly problems: readonly [] }
  | { readonly query: null; readonly problems: readonly Problem[] };

export function compileQuery(text: string, context: QueryContext): Compilation {
  const items = parseQuery(text);
  const compiled = items.map((item) => compileItem(item, context));
  const problems: Problem[] = compiled.flatMap((one) => ('message' in one ? [one] : []));
  const lists = compiled.flatMap((one) => ('message' in one ? [] : one.clauses));
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  if (count > limits.filters) problems.push(tooMany({ start: 0, end: text.length }));
  if (problems.length > 0) return { query: null, problems };
  return {
    query: {
      filters: lists.map(toEntry),
      texts: items.flatMap(({ condition }) => (condition?.kind === 'text' ? [condition.text] : [])),
      target: decideTarget(items, context.catalogue),
    },
    problems: [],
  };
}

const toEntry = (list: readonly Filter[]): FilterEntry =>
  list.length === 1 && list[0] ? list[0] : { any_of: list };

function compileItem(item: Item, context: QueryContext): { clauses: Clauses } | Problem {
  if (item.problem) return item.problem;
  const { condition } = item;
  if (condition === null) return { clauses: [] };
  if (condition.kind === 'text') return compileText(condition.text, item);
  const path = pathOfKey(condition.key);
  const fault = findPathFault(path);
  if (fault !== null) return { at: item.keyAt, message: fault };
  if (condition.kind === 'has') {
    const operator = condition.isNegated ? 'not exists' : 'exists';
    return { clauses: [[{ field: path, operator }]] };
  }
  return compileClause(condition, item, context);
}

/** The service takes words; to ask for the words of a phrase would be to ask for something else. */
const compileText = (text: string, { at }: Item): { clauses: Clauses } | Problem =>
  /\s/.test(text) ? { at, message: queryProblems.phrase } : { clauses: [] };

function compileClause(
  condition: Condition & { kind: 'clause' },
  item: Item,
  { catalogue, timeZone }: QueryContext,
): { clauses: Clauses } | Problem {
  const path = pathOfKey(condition.key);
  let all: Clauses | null = null;
  for (const [index, value] of condition.values.entries()) {
    const compiled = compileValue(value, { path, field: catalogue.find(path), timeZone });
    const clauses =
      typeof compiled === 'string' || !condition.isNegated ? compiled : negate(compiled);
    if (typeof clauses === 'string') {
      return { at: item.valuesAt[index] ?? item.at, message: clauses };
    }
    all =
      all === null ? clauses : condition.isNegated ? [...all, ...clauses] : either(all, clauses);
    // Alternatives of ranges multiply: stop before that becomes work.
    if (all.length > limits.filters) return tooMany(item.at);
  }
  return { clauses: all ?? [] };
}

const tooMany = (at: Span): Problem => ({
  at,
  message: queryProblems.tooManyConditions(limits.filters),
});

/** (a and b) or (c and d) is (a or c) and (a or d) and (b or c) and (b or d). */
const either = (left: Clauses, right: Clauses): Clauses =>
  left.flatMap((one) => right.map((other) => [...one, ...other]));

const opposites: Partial<Record<Filter['operator'], Filter['operator']>> = {
  exists: 'not exists',
  is: 'is not',
  contains: 'not contains',
};

/** The API can negate what a value is, contains or whether it exists; it has no "not greater than". */
function negate(clauses: Clauses): Clauses | string {
  const [[filter] = []] = clauses;
  const operator = filter && opposites[filter.operator];
  return filter && operator && clauses.length === 1 && clauses[0]?.length === 1
    ? [[{ ...filter, operator }]]
    : queryProblems.negatedComparison;
}

/** What only child events have, or are, can only be meant of them. */
const decideTarget = (items: readonly Item[], catalogue: FieldCatalogue): CompiledQuery['target'] =>
  items.some(({ condition }) => condition !== null && isOfChildren(condition, catalogue))
    ? 'any_event'
    : 'session';

/** Of a session these are what its events add up to, whichever of them have any. */
const summed: readonly string[] = [
  'duration',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'cost_usd',
];

/** Whether a query asks for what the events of a session add up to. */
export const asksForSums = (text: string): boolean =>
  parseQuery(text).some(
    ({ condition }) =>
      condition !== null && condition.kind !== 'text' && summed.includes(pathOfKey(condition.key)),
  );

function isOfChildren(condition: Condition, catalogue: FieldCatalogue): boolean {
  if (condition.kind === 'text') return false;
  const path = pathOfKey(condition.key);
  if (summed.includes(path)) return false;
  if (path !== 'event_type') return catalogue.find(path)?.on === 'event';
  return (
    condition.kind === 'clause' &&
    !condition.isNegated &&
    condition.values.some((value) => value.kind === 'is' && value.word.text !== 'session')
  );
}
