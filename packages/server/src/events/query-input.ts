import { formatPath } from 'honeyhive-wire';
import type { ExportQuery, Issue } from 'honeyhive-wire';
import type { EventFilter, EventQuery } from '../domain/event-query.ts';
import { parseFilters } from '../domain/filter-input.ts';
import { parseInstant } from 'honeyhive-facts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { invalid } from '../domain/problem.ts';

/** What says which events a query is about. */
export type QueryInput = Pick<
  ExportQuery,
  'filters' | 'dateRange' | 'evaluation_id' | 'roots_only'
>;

/** Filters, range and run of a query; all problems are reported at once. */
export function parseQuery(input: QueryInput): Omit<EventQuery, 'projectIds'> {
  const { filters, issues } = parseFilters(input.filters, ['filters']);
  const range = readRange(input.dateRange, issues);
  if (issues.length > 0) throw invalid(issues);
  const run: EventFilter[] = input.evaluation_id
    ? [{ path: ['metadata', 'run_id'], operator: 'is', value: input.evaluation_id, type: 'string' }]
    : [];
  return {
    filters: [...filters, ...run],
    rootsOnly: input.roots_only === true,
    ...range,
  };
}

function readRange(input: unknown, issues: Issue[]): Pick<EventQuery, 'fromMs' | 'toMs'> {
  if (input === null || input === undefined) return {};
  if (!isJsonObject(input)) {
    issues.push({ field: 'dateRange', message: 'expected an object with `$gte` and `$lte`' });
    return {};
  }
  const fromMs = readBound(input, '$gte', issues);
  const toMs = readBound(input, '$lte', issues);
  return { ...(fromMs === null ? {} : { fromMs }), ...(toMs === null ? {} : { toMs }) };
}

function readBound(range: JsonObject, key: '$gte' | '$lte', issues: Issue[]): number | null {
  const value = range[key];
  if (value === undefined || value === null) return null;
  const instant =
    typeof value === 'string' || typeof value === 'number' ? parseInstant(value) : null;
  if (instant === null) {
    issues.push({
      field: formatPath(['dateRange', key]),
      message: 'expected epoch milliseconds or an ISO-8601 string',
    });
  }
  return instant;
}

/** The same, from a query string, where filters and range are JSON text. */
export const parseQueryText = (query: {
  dateRange?: unknown;
  filters?: unknown;
  evaluation_id?: string | undefined;
}): Omit<EventQuery, 'projectIds'> =>
  parseQuery({
    filters: readJson(query.filters) as QueryInput['filters'],
    dateRange: readJson(query.dateRange) as QueryInput['dateRange'],
    evaluation_id: query.evaluation_id,
  });

/** A value of the query string: JSON text is parsed, anything else stands for itself. */
export function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: the shape check that follows names the field and says what it expected.
    return value;
  }
}
