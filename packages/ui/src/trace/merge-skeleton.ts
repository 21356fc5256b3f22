import type { Skeleton } from 'honeyhive-wire';
import { at } from './session-tree.ts';
import { lostParent } from './skeleton.ts';

/** An event of a skeleton, on its own: what its columns say, by name and not by index. */
interface Entry {
  readonly id: string;
  /** Id of the parent; null without a parent, undefined for a missing one. */
  readonly parent: string | null | undefined;
  readonly name: string;
  readonly type: string;
  readonly model: string | null;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly numbers: Readonly<Record<NumberColumn, number>>;
}

const numberColumns = ['duration', 'error', 'tokens', 'cost', 'feedback'] as const;
type NumberColumn = (typeof numberColumns)[number];

/**
 * A session with what came since: events of the same id are replaced, deleted ones taken out. A parent that arrives
 * late takes its children in only where they are sent again; the next whole answer has them all.
 */
export function mergeSkeleton(known: Skeleton, added: Skeleton): Skeleton {
  if (added.since === null) return added;
  const entries = new Map(toEntries(known).map((entry) => [entry.id, entry]));
  for (const entry of toEntries(added)) entries.set(entry.id, entry);
  for (const id of added.removed) entries.delete(id);
  // Of one start, in the order of arrival.
  const ordered = [...entries.values()].toSorted((left, right) => left.start - right.start);
  return { ...added, ...toColumns(ordered), since: null, outside: [], removed: [] };
}

function toEntries(skeleton: Skeleton): Entry[] {
  const { ids, outside } = skeleton;
  const parentOf = (parent: number) => {
    if (parent < 0) return parent === lostParent ? undefined : null;
    return parent < ids.length ? ids[parent] : outside[parent - ids.length];
  };
  return ids.map((id, index) => ({
    id,
    parent: parentOf(skeleton.parent[index] ?? lostParent),
    name: skeleton.names[at(skeleton.name, index)] ?? '',
    type: skeleton.types[at(skeleton.type, index)] ?? '',
    model: skeleton.models[at(skeleton.model, index)] ?? null,
    start: skeleton.origin + at(skeleton.start, index),
    numbers: {
      duration: at(skeleton.duration, index),
      error: at(skeleton.error, index),
      tokens: at(skeleton.tokens, index),
      cost: at(skeleton.cost, index),
      feedback: at(skeleton.feedback, index),
    },
  }));
}

function toColumns(entries: readonly Entry[]) {
  const origin = entries[0]?.start ?? 0;
  const indexes = new Map(entries.map(({ id }, index) => [id, index]));
  const toParent = (parent: Entry['parent']) =>
    parent === null ? -1 : (indexes.get(parent ?? '') ?? lostParent);
  const numbers = (column: NumberColumn) => entries.map((entry) => entry.numbers[column]);
  const [names, name] = toIndexed(entries.map((entry) => entry.name));
  const [types, type] = toIndexed(entries.map((entry) => entry.type));
  const [models, model] = toIndexed(entries.map((entry) => entry.model));
  return {
    origin,
    names,
    name,
    types,
    type,
    models,
    model,
    ids: entries.map(({ id }) => id),
    parent: entries.map(({ parent }) => toParent(parent)),
    start: entries.map(({ start }) => start - origin),
    duration: numbers('duration'),
    error: numbers('error'),
    tokens: numbers('tokens'),
    cost: numbers('cost'),
    feedback: numbers('feedback'),
  };
}

/** The distinct strings, and the index of each value; -1 for null. */
function toIndexed(values: readonly (string | null)[]): [string[], number[]] {
  const indexes = new Map<string, number>();
  const column = values.map((value) => {
    if (value === null) return -1;
    const known = indexes.get(value) ?? indexes.size;
    indexes.set(value, known);
    return known;
  });
  return [[...indexes.keys()], column];
}
