import { isRootField } from 'honeyhive-facts';
import type { RootField } from 'honeyhive-facts';
import type { EventCondition, EventFilter } from '../../../domain/event-query.ts';
import { decideComparison, splitNegation } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import { isBucket, mayEqualText, mayHaveText, toPathValues } from './json-path.ts';
import type { BucketPath } from './json-path.ts';
import { toPredicate } from './predicate.ts';
import type { JsonPredicate } from './predicate.ts';
import type { SqlScope } from './sql-scope.ts';

/** How a root field of the wire event is kept. In a digest `''` means no text, and 0 means no usage. */
type RootKind = 'text' | 'nullableText' | 'digestText' | 'number' | 'integer' | 'usage' | 'ids';

/** Root fields by name; each is the name of its column too. Nothing else becomes part of a query's text. */
const rootKinds: Readonly<Record<Exclude<RootField, 'session_name'>, RootKind>> = {
  project_id: 'text',
  session_id: 'text',
  event_id: 'text',
  event_type: 'text',
  event_name: 'text',
  source: 'text',
  parent_id: 'nullableText',
  error: 'nullableText',
  children_ids: 'ids',
  start_time: 'number',
  end_time: 'number',
  duration: 'number',
  created_at: 'integer',
  updated_at: 'integer',
  model: 'digestText',
  user: 'digestText',
  prompt_tokens: 'usage',
  completion_tokens: 'usage',
  total_tokens: 'usage',
  cost_usd: 'usage',
  cost_source: 'digestText',
  api_key_id: 'digestText',
};

/** The kind of a root field; null when there is no such field. */
export const rootKindOf = (name: string): RootKind | null =>
  isRootField(name) && name !== 'session_name' ? rootKinds[name] : null;

/** The conditions of all filters, joined; `1` without filters. */
export function toFilterSql(filters: readonly EventCondition[], scope: SqlScope): string {
  const conditions = filters.map((condition) =>
    'anyOf' in condition
      ? `(${condition.anyOf.map((filter) => toCondition(filter, scope)).join(' OR ')})`
      : toCondition(condition, scope),
  );
  return conditions.length === 0 ? '1' : conditions.join(' AND ');
}

function toCondition(filter: EventFilter, scope: SqlScope): string {
  const comparison = decideComparison(filter);
  const [head = '', ...segments] = filter.path;
  const positive = isBucket(head)
    ? toBucketCondition(head, segments, { comparison, scope })
    : toRootCondition(filter.path, comparison, scope);
  return splitNegation(filter.operator).isNegated ? `NOT (${positive})` : `(${positive})`;
}

function toRootCondition(path: readonly string[], comparison: Comparison, scope: SqlScope): string {
  const [column = ''] = path;
  const kind = path.length === 1 ? rootKindOf(column) : null;
  if (kind === null) return '0';
  const predicate = toPredicate(comparison, scope);
  switch (kind) {
    case 'text':
      return predicate.onText(column);
    case 'nullableText':
      return `isNotNull(${column}) AND ${predicate.onText(`assumeNotNull(${column})`)}`;
    case 'digestText':
      return `${column} != '' AND ${predicate.onText(column)}`;
    case 'usage':
      return `${column} != 0 AND ${predicate.onNumber(column)}`;
    case 'number':
      return predicate.onNumber(column);
    case 'integer':
      return predicate.onNumber(`toFloat64(${column})`);
    case 'ids':
      return idsCondition(column, predicate.onJson);
  }
}

/** `children_ids` is kept as a JSON array: a value itself, and each of its elements. */
function idsCondition(column: string, { form, holds }: JsonPredicate): string {
  const elements =
    form === 'raw' ? `JSONExtractArrayRaw(${column})` : `JSONExtract(${column}, 'Array(String)')`;
  return `(${holds(column)} OR arrayExists(x -> ${holds('x')}, ${elements}))`;
}

function toBucketCondition(
  column: string,
  segments: readonly string[],
  { comparison, scope }: { comparison: Comparison; scope: SqlScope },
): string {
  if (segments.length === 0) return toWholeBucketCondition(column, comparison, scope);
  const { form, holds } = toPredicate(comparison, scope).onJson;
  const path = { column, segments };
  const values = toPathValues(scope, path, form);
  const anyOther = `${values.hasOthers} AND arrayExists(x -> ${holds('x')}, ${values.others})`;
  const mayHold = toMayHold(scope, { path, comparison, isPossible: values.isPossible });
  return `${mayHold} AND (${holds(values.direct)} OR (${anyOther}))`;
}

/** A cheap condition that is true wherever the comparison can hold; it rules out more than the path alone. */
function toMayHold(
  scope: SqlScope,
  {
    path,
    comparison,
    isPossible,
  }: { path: BucketPath; comparison: Comparison; isPossible: string },
): string {
  const hasText = (text: string): string =>
    `${mayHaveText(scope, path.column, text)} AND ${isPossible}`;
  switch (comparison.kind) {
    case 'equalsText':
      return mayEqualText(scope, path, comparison.value) ?? hasText(comparison.value);
    case 'equalsBoolean':
      return mayEqualText(scope, path, String(comparison.value)) ?? isPossible;
    case 'containsText':
      return hasText(comparison.value);
    default:
      return isPossible;
  }
}

/** A bucket exists when there is something in it; its text can be searched, and it equals nothing. */
function toWholeBucketCondition(column: string, comparison: Comparison, scope: SqlScope): string {
  if (comparison.kind === 'exists') return `${column} != '{}'`;
  if (comparison.kind !== 'containsText') return '0';
  return `position(${column}, ${scope.text(comparison.value)}) > 0`;
}
