import { bucketNames, isRootField, limits, rootFields } from 'honeyhive-facts';
import { filter as filterSchema, filterList, findIssues, formatPath } from 'honeyhive-wire';
import type { AnyOfIn, FilterIn, Issue } from 'honeyhive-wire';
import type { EventCondition, EventFilter, FilterType } from './event-query.ts';
import { findTooCostly } from './filter-cost.ts';
import { parseInstant } from 'honeyhive-facts';

const buckets: ReadonlySet<string> = new Set(bucketNames);

/** The path that a field names, or what is wrong with it. */
export function parseField(field: string): { path: readonly string[] } | { message: string } {
  const path = field.split('.');
  const [head = '', ...rest] = path;
  if (path.length > limits.pathSegments)
    return { message: `at most ${limits.pathSegments} segments` };
  if (rest.length === 0 && (isRootField(head) || buckets.has(head))) {
    return { path: head === 'session_name' ? ['event_name'] : path };
  }
  if (buckets.has(head) && rest.every((segment) => segment !== '')) return { path };
  return {
    message: `expected one of ${Object.keys(rootFields).join(', ')}, or a dotted path into ${bucketNames.join(', ')}; got ${JSON.stringify(field.slice(0, 100))}`,
  };
}

/** Filters as sent: a list, or a single one. Shapes are checked here too, since some arrive as JSON text. */
export function parseFilters(
  input: unknown,
  at: readonly PropertyKey[],
): { filters: EventFilter[]; issues: Issue[] } {
  const list: readonly unknown[] = Array.isArray(input)
    ? input
    : input === null || input === undefined
      ? []
      : [input];
  const filters: EventFilter[] = [];
  const issues: Issue[] = [];
  for (const [index, item] of list.entries()) {
    const path = Array.isArray(input) ? [...at, index] : [...at];
    const wrong = findIssues(filterSchema, item, path);
    const parsed = wrong.length > 0 ? { issues: wrong } : parseFilter(item as FilterIn, path);
    if ('issues' in parsed) issues.push(...parsed.issues);
    else filters.push(parsed);
  }
  issues.push(...findCostIssues(filters, at));
  return { filters, issues };
}

/** A list of which an entry may itself be a list, of which one must hold: `any_of`. */
export function parseConditions(
  input: unknown,
  at: readonly PropertyKey[],
): { filters: EventCondition[]; issues: Issue[] } {
  const entries = input ?? [];
  const issues = findIssues(filterList, entries, at);
  if (issues.length > 0) return { filters: [], issues };
  const filters = (entries as FilterEntryIn[]).map((entry, index): EventCondition => {
    const parsed = toGroup(entry).map((filter, place) =>
      parseFilter(filter, isGroup(entry) ? [...at, index, 'any_of', place] : [...at, index]),
    );
    issues.push(...parsed.flatMap((one) => ('issues' in one ? one.issues : [])));
    const anyOf = parsed.flatMap((one) => ('issues' in one ? [] : [one]));
    return isGroup(entry) || !anyOf[0] ? { anyOf } : anyOf[0];
  });
  const count = filters.reduce((sum, one) => sum + ('anyOf' in one ? one.anyOf.length : 1), 0);
  if (count > limits.filters) {
    const message = `at most ${limits.filters} conditions, those in any_of counted; got ${count}`;
    issues.push({ field: formatPath(at), message });
  }
  issues.push(...findCostIssues(filters, at));
  return issues.length > 0 ? { filters: [], issues } : { filters, issues };
}

function findCostIssues(filters: readonly EventCondition[], at: readonly PropertyKey[]): Issue[] {
  const message = findTooCostly(filters);
  return message === null ? [] : [{ field: formatPath(at), message }];
}

type FilterEntryIn = FilterIn | AnyOfIn;

const isGroup = (entry: FilterEntryIn): entry is AnyOfIn => Array.isArray(entry['any_of']);

const toGroup = (entry: FilterEntryIn): readonly FilterIn[] =>
  isGroup(entry) ? entry.any_of : [entry];

function parseFilter(
  input: FilterIn,
  at: readonly PropertyKey[],
): EventFilter | { issues: Issue[] } {
  const fail = (key: string, message: string) => ({
    issues: [{ field: formatPath([...at, key]), message }],
  });
  const field = parseField(input.field);
  if ('message' in field) return fail('field', field.message);
  const { operator } = input;
  const value = input.value ?? null;
  const type = decideType(input, field.path);
  if (operator === 'exists' || operator === 'not exists')
    return { path: field.path, operator, value: null, type };
  if (value === null)
    return fail('value', `expected a value with the operator ${JSON.stringify(operator)}`);
  const wrong = checkValue(value, type);
  return wrong ? fail('value', wrong) : { path: field.path, operator, value, type };
}

const timeFields: ReadonlySet<string> = new Set([
  'start_time',
  'end_time',
  'created_at',
  'updated_at',
]);

/** The type that the filter names; `id` is an old spelling of string. Without one, what operator and value suggest. */
function decideType({ operator, value, type }: FilterIn, path: readonly string[]): FilterType {
  if (operator === 'after' || operator === 'before') return 'datetime';
  if (type === 'string' || type === 'id') return 'string';
  if (isTimeField(path) && type !== 'number') return 'datetime';
  return type ?? suggestType(operator, value);
}

const isTimeField = (path: readonly string[]): boolean =>
  path.length === 1 && timeFields.has(path[0] ?? '');

function suggestType(operator: FilterIn['operator'], value: FilterIn['value']): FilterType {
  const isOrder = operator === 'greater than' || operator === 'less than';
  if (typeof value === 'number' || isOrder) return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

function checkValue(value: string | number | boolean, type: FilterType): string | null {
  if (
    type === 'number' &&
    (typeof value === 'boolean' || value === '' || !Number.isFinite(Number(value)))
  )
    return 'expected a number';
  if (type === 'boolean' && !['true', 'false'].includes(String(value)))
    return 'expected true or false';
  if (type === 'datetime' && (typeof value === 'boolean' || parseInstant(value) === null)) {
    return 'expected epoch milliseconds or an ISO-8601 string';
  }
  return null;
}
