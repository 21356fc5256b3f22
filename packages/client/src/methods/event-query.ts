import { parseInstant } from 'honeyhive-facts';
import type { Issue } from '../errors/errors.ts';
import { bucketKeys, eventKeys } from '../generated/types.ts';
import type { Filter } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';

/** What a list may be narrowed by; names beyond these are conditions of equality. */
export interface ListInput {
  readonly project?: string | null | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly created_after?: string | number | Date | null | undefined;
  readonly created_before?: string | number | Date | null | undefined;
  readonly filters?: readonly Filter[] | undefined;
  readonly [field: string]: unknown;
}

/** Which events, as the service is asked. */
export interface EventQuery {
  readonly filters: readonly Filter[];
  /** Inclusive bounds of `start_time`, ISO-8601. */
  readonly dateRange: { readonly $gte?: string; readonly $lte?: string };
}

const reserved = new Set([
  'project',
  'limit',
  'offset',
  'created_after',
  'created_before',
  'filters',
]);
const buckets: ReadonlySet<string> = new Set(bucketKeys);
const roots: ReadonlySet<string> = new Set(eventKeys.filter((key) => !buckets.has(key)));

/**
 * The conditions that a list is narrowed by.
 *
 * @param aliases fields that the service knows under another name
 * @param issues where to add what is wrong with the input
 */
export function toEventQuery(
  input: ListInput,
  aliases: Readonly<Record<string, string>>,
  issues: Issue[],
): EventQuery {
  const named = Object.entries(input).filter(
    ([name, value]) => value !== undefined && !reserved.has(name),
  );
  const equalities = named.flatMap(([name, value]) => {
    const filter = toFilter(toField(aliases[name] ?? name), value);
    if (filter !== null) return [filter];
    const message =
      "must be text, a number, true, false, null or a Date; a field inside an object is named by its path, such as 'metadata.plan'";
    issues.push({ field: name, message });
    return [];
  });
  const { filters, created_after: after, created_before: before } = input;
  return {
    filters: [...equalities, ...readFilters(filters, issues)],
    dateRange: {
      ...(isGiven(after) ? { $gte: readInstant('created_after', after, issues) } : {}),
      ...(isGiven(before) ? { $lte: readInstant('created_before', before, issues) } : {}),
    },
  };
}

function readFilters(filters: ListInput['filters'], issues: Issue[]): readonly Filter[] {
  if (filters === undefined) return [];
  const isList: boolean = Array.isArray(filters) && filters.every(isObject);
  if (!isList) issues.push({ field: 'filters', message: 'must be a list of filters' });
  return isList ? filters : [];
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function readInstant(field: string, value: unknown, issues: Issue[]): string {
  if (typeof value === 'string' && parseInstant(value) !== null) return value.trim();
  const date = typeof value === 'number' ? new Date(value) : value;
  if (date instanceof Date && !Number.isNaN(date.getTime())) return date.toISOString();
  issues.push({ field, message: 'must be an ISO-8601 time, epoch milliseconds or a Date' });
  return '';
}

function toField(name: string): string {
  const [head = ''] = name.split('.', 1);
  const isKnown = roots.has(name) || (buckets.has(head) && head !== name);
  return isKnown ? name : `metadata.${name}`;
}

function toFilter(field: string, value: unknown): Filter | null {
  if (value === null) return { field, operator: 'not exists' };
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? null
      : { field, operator: 'is', value: value.toISOString(), type: 'datetime' };
  }
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return {
        field,
        operator: 'is',
        value,
        type: typeof value === 'string' ? 'string' : 'boolean',
      };
    case 'number':
      return Number.isFinite(value) ? { field, operator: 'is', value, type: 'number' } : null;
    default:
      return null;
  }
}
