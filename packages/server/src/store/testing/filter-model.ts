import { bucketNames } from 'honeyhive-wire';
import type { EventCondition, EventFilter } from '../../domain/event-query.ts';
import { parseInstant } from 'honeyhive-facts';
import type { StoredEvent } from '../../domain/stored-event.ts';

/** What filters mean, said as plainly as possible: the store's SQL is held against it. */
export const matches = (event: StoredEvent, condition: EventCondition): boolean =>
  'anyOf' in condition
    ? condition.anyOf.some((filter) => matchesFilter(event, filter))
    : matchesFilter(event, condition);

function matchesFilter(event: StoredEvent, filter: EventFilter): boolean {
  const values = valuesAt(event, filter.path);
  const test = toTest(filter);
  const holds = values.some((value) => value !== null && test(value));
  return filter.operator.includes('not') ? !holds : holds;
}

const roots: Record<string, (event: StoredEvent) => unknown> = {
  project_id: (event) => event.projectId,
  session_id: (event) => event.sessionId,
  event_id: (event) => event.eventId,
  event_type: (event) => event.eventType,
  event_name: (event) => event.eventName,
  source: (event) => event.source,
  parent_id: (event) => event.parentId,
  error: (event) => event.error,
  children_ids: (event) => event.childrenIds,
  start_time: (event) => event.startTime,
  end_time: (event) => event.endTime,
  duration: (event) => event.durationMs,
  created_at: (event) => event.createdAt,
  updated_at: (event) => event.updatedAt,
  model: (event) => event.model || undefined,
  user: (event) => event.user || undefined,
  prompt_tokens: (event) => event.promptTokens || undefined,
  completion_tokens: (event) => event.completionTokens || undefined,
  total_tokens: (event) => event.totalTokens || undefined,
  cost_usd: (event) => event.costUsd || undefined,
};

function valuesAt(event: StoredEvent, path: readonly string[]): unknown[] {
  const [head = '', ...segments] = path;
  const bucket = bucketNames.find((name) => name === head);
  if (!bucket) {
    const value = path.length === 1 ? roots[head]?.(event) : undefined;
    if (value === undefined) return [];
    return Array.isArray(value) ? [value, ...value] : [value];
  }
  const document: unknown = JSON.parse(event[bucket]);
  if (segments.length === 0) return [];
  const isLong = segments.length > 6;
  return [
    ...valuesIn(document, segments, { arraysLeft: isLong ? 1 : 2, isInArray: false }),
    ...(isLong ? [] : valuesBelowDots(document, segments)),
  ];
}

/** The beginning of the path as one key with dots, and the others nested below. */
const valuesBelowDots = (document: unknown, segments: readonly string[]): unknown[] =>
  segments
    .slice(2)
    .flatMap((_, index) =>
      segments
        .slice(index + 2)
        .reduce<unknown[]>(
          (values, key) => values.flatMap((value) => childrenOf(value, key)),
          childrenOf(document, segments.slice(0, index + 2).join('.')),
        ),
    );

interface Walk {
  /** Arrays that the way may still lead through. */
  readonly arraysLeft: number;
  /** A key with dots is looked for only outside arrays. */
  readonly isInArray: boolean;
}

/** Nested keys, the rest of the path as one key, and arrays, on the way or at its end, as their elements. */
function valuesIn(document: unknown, segments: readonly string[], walk: Walk): unknown[] {
  const [key = '', ...rest] = segments;
  const { arraysLeft, isInArray } = walk;
  const open = (value: unknown): unknown[] => (arraysLeft > 0 ? elementsOf(value) : []);
  const nested = childrenOf(document, key);
  if (rest.length === 0) return [...nested, ...nested.flatMap(open)];
  const flat = isInArray ? [] : childrenOf(document, segments.join('.'));
  const inElements: Walk = { arraysLeft: arraysLeft - 1, isInArray: true };
  return [
    ...flat,
    ...flat.flatMap(elementsOf),
    ...nested.flatMap((child) => valuesIn(child, rest, walk)),
    ...nested.flatMap(open).flatMap((element) => valuesIn(element, rest, inElements)),
  ];
}

const elementsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function childrenOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.hasOwn(value, key) ? [Reflect.get(value, key)] : [];
}

/** Text of a string, JSON text of anything else; half a surrogate pair is U+FFFD. */
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? Buffer.from(value).toString()
    : JSON.stringify(value).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\uFFFD');

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function numberOf(value: unknown): number {
  const text = textOf(value);
  const number = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

function instantOf(value: unknown): number {
  const number = numberOf(value);
  if (!Number.isNaN(number)) return number;
  const parts = iso.exec(textOf(value));
  if (!parts) return Number.NaN;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  const isRealDay = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  return isRealDay ? Date.parse(`${day}T${time}${zone}`) : Number.NaN;
}

type Test = (value: unknown) => boolean;

function toTest({ operator, value, type }: EventFilter): Test {
  const sign = operator === 'less than' || operator === 'before' ? -1 : 1;
  switch (operator) {
    case 'exists':
    case 'not exists':
      return () => true;
    case 'is':
    case 'is not':
      return equals(value, type);
    case 'contains':
    case 'not contains':
      return (actual) => textOf(actual).includes(textOf(String(value)));
    case 'after':
    case 'before':
      return orders(value, 'datetime', sign);
    default:
      return orders(value, typeof value === 'number' && type === 'string' ? 'number' : type, sign);
  }
}

const measures = { number: numberOf, datetime: instantOf } as const;

function wanted(value: EventFilter['value'], type: 'number' | 'datetime'): number {
  if (typeof value === 'boolean' || value === null || value === '') return Number.NaN;
  if (type === 'datetime') return parseInstant(value) ?? Number.NaN;
  const number = Number(value);
  return Number.isFinite(number) ? number : Number.NaN;
}

function equals(value: EventFilter['value'], type: EventFilter['type']): Test {
  if (type === 'string') return (actual) => textOf(actual) === textOf(String(value));
  if (type === 'boolean')
    return (actual) =>
      ['true', 'false'].includes(String(value)) && textOf(actual) === String(value);
  return (actual) => measures[type](actual) === wanted(value, type);
}

function orders(value: EventFilter['value'], type: EventFilter['type'], sign: number): Test {
  if (type === 'boolean') return () => false;
  if (type === 'string')
    return (actual) =>
      Buffer.compare(Buffer.from(textOf(actual)), Buffer.from(String(value))) === sign;
  return (actual) => Math.sign(measures[type](actual) - wanted(value, type)) === sign;
}
