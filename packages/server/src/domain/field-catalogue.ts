import type { ExploreQuery } from './explore-query.ts';

/** What a value of a field can be. */
export type FieldValueType = 'string' | 'number' | 'boolean' | 'datetime';

/** Values of one type under a path, among the events that were looked at. */
export interface FieldSighting {
  readonly path: string;
  readonly type: FieldValueType;
  readonly count: number;
  /** How many of them are roots of sessions. */
  readonly rootCount: number;
  /** Latest start of an event that has it. */
  readonly lastSeen: number;
}

export interface FieldSightings {
  readonly sightings: readonly FieldSighting[];
  /** Events that were looked at, and events there are. */
  readonly seenCount: number;
  readonly rowCount: number;
}

export interface ValuesQuery {
  readonly rows: ExploreQuery;
  readonly path: readonly string[];
  /** Only values that begin so, case aside. */
  readonly prefix: string;
  /** Whether sessions that have a value are counted, or events. */
  readonly countsSessions: boolean;
  readonly limit: number;
}

export interface FieldValues {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly isSampled: boolean;
}

/** A field as people choose it. */
export interface ListedField {
  readonly path: string;
  readonly types: readonly FieldValueType[];
  readonly count: number;
  readonly last_seen: number;
  readonly on: 'session' | 'event' | 'both';
}

/** Sightings of all types of a path as one field, most frequent first; counts scaled up to all events. */
export function listFields({ sightings, seenCount, rowCount }: FieldSightings): ListedField[] {
  const byPath = new Map<string, FieldSighting[]>();
  for (const sighting of sightings)
    byPath.set(sighting.path, [...(byPath.get(sighting.path) ?? []), sighting]);
  const scale = seenCount === 0 ? 1 : Math.max(1, rowCount / seenCount);
  const fields = [...byPath].map(([path, list]): ListedField => {
    const count = list.reduce((sum, one) => sum + one.count, 0);
    const roots = list.reduce((sum, one) => sum + one.rootCount, 0);
    return {
      path,
      types: list.toSorted((a, b) => b.count - a.count).map(({ type }) => type),
      count: Math.round(count * scale),
      last_seen: Math.max(...list.map(({ lastSeen }) => lastSeen)),
      on: roots === 0 ? 'event' : roots === count ? 'session' : 'both',
    };
  });
  return fields.toSorted((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
}
