import type { JsonObject } from '../domain/json-text.ts';

/** Segments beyond these stay in one key: nobody means so deep an object. */
const maxSegments = 32;
/** A list with a higher place in it is an object with numbers for keys. */
const maxListLength = 10_000;

/** An object in the making; a class, so that no value of an attribute can be one. */
class Branch extends Map<string, unknown> {}

/**
 * Keys with dots as objects in objects, numbers among the segments as lists: `{'a.0.b': 1}` is `{a: [{b: 1}]}`.
 * Where a key is a value and the beginning of another, the longer one keeps its dots, so that nothing is lost.
 */
export function unflatten(flat: Iterable<readonly [string, unknown]>): JsonObject {
  const root: Branch = new Branch();
  const entries = new Map(flat);
  for (const [key, value] of entries) plant(root, splitKey(key, entries), value);
  return toObject(root);
}

/** The levels of a key: down to where it has too many, or where its beginning is a key that has a value. */
function splitKey(key: string, all: ReadonlyMap<string, unknown>): string[] {
  const segments = key.split('.');
  // Empty segments are part of a key, not levels.
  if (segments.includes('') || segments.length === 1) return [key];
  const mostLevels = Math.min(segments.length, maxSegments) - 1;
  let levels = 0;
  for (let prefix = segments[0] ?? ''; levels < mostLevels && !all.has(prefix); levels += 1)
    prefix += `.${segments[levels + 1] ?? ''}`;
  return [...segments.slice(0, levels), segments.slice(levels).join('.')];
}

function plant(root: Branch, segments: readonly string[], value: unknown): void {
  let branch = root;
  for (const segment of segments.slice(0, -1)) {
    const known = branch.get(segment);
    const next = known instanceof Branch ? known : new Branch();
    branch.set(segment, next);
    branch = next;
  }
  branch.set(segments.at(-1) ?? '', value);
}

const toObject = (branch: Branch): JsonObject =>
  Object.fromEntries([...branch].map(([key, value]) => [key, toValue(value)]));

function toValue(value: unknown): unknown {
  if (!(value instanceof Branch)) return value;
  return isList(value)
    ? [...value].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, each]) => toValue(each))
    : toObject(value);
}

/** Numbers from 0 on without a gap: with one, it is not known that there was a list. */
function isList(branch: Branch): boolean {
  if (branch.size > maxListLength) return false;
  for (let index = 0; index < branch.size; index += 1) {
    if (!branch.has(String(index))) return false;
  }
  return branch.size > 0;
}
