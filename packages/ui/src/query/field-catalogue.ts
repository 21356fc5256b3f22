import type { FieldType } from './filter.ts';
import type { Key } from './query.ts';
import { queryProblems } from '../text/query.ts';

/** A key that events have. */
export interface Field {
  /** Dotted, as in filters. */
  readonly path: string;
  readonly types: readonly FieldType[];
  /** About how many events have it. */
  readonly count: number;
  readonly on: 'session' | 'event' | 'both';
  /** All values that there can be, when they are fixed. */
  readonly values?: readonly string[];
}

/** What is known of the keys of a project. */
export interface FieldCatalogue {
  /** What is known of a key; null for one that has not been seen. */
  readonly find: (path: string) => Field | null;
  readonly fields: readonly Field[];
}

const root = (path: string, type: FieldType, values?: readonly string[]): Field => ({
  path,
  types: [type],
  count: 0,
  on: 'both',
  ...(values && { values }),
});

/** The fields that every event has a place for, with the only type that each can have. */
export const rootFields: readonly Field[] = [
  root('event_type', 'string', ['session', 'model', 'tool', 'chain']),
  root('event_name', 'string'),
  root('error', 'string'),
  root('duration', 'number'),
  root('model', 'string'),
  root('user', 'string'),
  root('total_tokens', 'number'),
  root('prompt_tokens', 'number'),
  root('completion_tokens', 'number'),
  root('cost_usd', 'number'),
  root('source', 'string'),
  root('start_time', 'datetime'),
  root('end_time', 'datetime'),
  root('session_id', 'string'),
  root('event_id', 'string'),
  root('parent_id', 'string'),
  root('session_name', 'string'),
  root('project_id', 'string'),
  root('children_ids', 'string'),
  root('created_at', 'datetime'),
  root('updated_at', 'datetime'),
];

/** What fields are called for short, as the columns of lists are. */
const shortNames: Readonly<Record<string, string>> = {
  cost: 'cost_usd',
  end: 'end_time',
  id: 'event_id',
  name: 'event_name',
  parent: 'parent_id',
  session: 'session_id',
  start: 'start_time',
  tokens: 'total_tokens',
  type: 'event_type',
};

/** The path that a key names, as in filters; short names stand for their fields. */
export const pathOfKey = (key: Key): string => {
  const path = key.join('.');
  return Object.hasOwn(shortNames, path) ? (shortNames[path] ?? path) : path;
};

/** The objects of an event whose keys are free. */
export const buckets = [
  'inputs',
  'outputs',
  'metadata',
  'config',
  'feedback',
  'metrics',
  'user_properties',
] as const;

/** The catalogue of what the service has seen; root fields keep their own types. */
export function makeCatalogue(seen: readonly Field[]): FieldCatalogue {
  const fields = new Map(rootFields.map((field) => [field.path, field]));
  for (const field of seen) {
    const known = fields.get(field.path);
    fields.set(field.path, known ? { ...known, count: field.count, on: field.on } : field);
  }
  return { find: (path) => fields.get(path) ?? null, fields: [...fields.values()] };
}

/** Why the service takes no filter on this key; null when it does. */
export function findPathFault(path: string): string | null {
  const [head = '', ...rest] = path.split('.');
  const isBucket = buckets.some((name) => name === head);
  if (rest.length === 0 && (isBucket || rootFields.some((field) => field.path === head)))
    return null;
  if (isBucket) return rest.length < maxSegments ? null : queryProblems.keyTooLong(maxSegments);
  return queryProblems.unknownField(head, buckets.join(', '));
}

/** As many as the service takes. */
const maxSegments = 20;
