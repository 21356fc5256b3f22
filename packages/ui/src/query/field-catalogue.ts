import { bucketNames, eventTypes, isRootField, limits, rootFields } from 'honeyhive-facts';
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

/** The fields that every event has a place for, with the only type that each can have. */
const roots: readonly Field[] = Object.entries(rootFields).map(([path, type]) => ({
  path,
  types: [type],
  count: 0,
  on: 'both',
  ...(path === 'event_type' && { values: eventTypes }),
}));

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

/** The catalogue of what the service has seen; root fields keep their own types. */
export function makeCatalogue(seen: readonly Field[]): FieldCatalogue {
  const fields = new Map(roots.map((field) => [field.path, field]));
  for (const field of seen) {
    const known = fields.get(field.path);
    fields.set(field.path, known ? { ...known, count: field.count, on: field.on } : field);
  }
  return { find: (path) => fields.get(path) ?? null, fields: [...fields.values()] };
}

/** Why the service takes no filter on this key; null when it does. */
export function findPathFault(path: string): string | null {
  const [head = '', ...rest] = path.split('.');
  const isBucket = bucketNames.some((name) => name === head);
  if (rest.length === 0 && (isBucket || isRootField(head))) return null;
  const { pathSegments } = limits;
  if (isBucket) return rest.length < pathSegments ? null : queryProblems.keyTooLong(pathSegments);
  return queryProblems.unknownField(head, bucketNames.join(', '));
}
