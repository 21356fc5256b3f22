import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

/** Segments beyond these stay in one key: nobody means so deep an object. */
const maxSegments = 32;
/** A list with a higher place in it is an object with numbers for keys. */
const maxListLength = 10_000;

type Branch = Map<string, unknown>;

/**
 * Keys with dots as objects in objects, numbers among the segments as lists: `{'a.0.b': 1}` is `{a: [{b: 1}]}`.
 * Where a key is a value and the beginning of another, the longer one keeps its dots, so that nothing is lost.
 */
export function unflatten(flat: Iterable<readonly [string, unknown]>): JsonObject {
  const root: Branch = new Map();
  // Short ones first: whether a key is a value does not depend on the order in which keys came.
  const entries = [...flat].toSorted(([a], [b]) => a.length - b.length);
  for (const [key, value] of entries) plant(root, toSegments(key), value);
  return toObject(root);
}

/** Empty segments are part of a key, not levels. */
function toSegments(key: string): string[] {
  const segments = key.split('.');
  if (segments.includes('') || segments.length === 1) return [key];
  return [
    ...segments.slice(0, maxSegments - 1),
    ...(segments.length < maxSegments ? [] : [segments.slice(maxSegments - 1).join('.')]),
  ];
}

function plant(root: Branch, segments: readonly string[], value: unknown): void {
  let branch = root;
  for (const [index, segment] of segments.entries()) {
    if (index === segments.length - 1) break;
    const next: unknown = branch.get(segment) ?? new Map<string, unknown>();
    if (!(next instanceof Map)) {
      branch.set(segments.slice(index).join('.'), value);
      return;
    }
    branch.set(segment, next);
    branch = next as Branch;
  }
  branch.set(segments.at(-1) ?? '', value);
}

const toObject = (branch: Branch): JsonObject =>
  Object.fromEntries([...branch].map(([key, value]) => [key, toValue(value)]));

function toValue(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const branch = value as Branch;
  return isList(branch)
    ? [...branch].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, each]) => toValue(each))
    : toObject(branch);
}

/** Numbers from 0 on without a gap: with one, it is not known that there was a list. */
function isList(branch: Branch): boolean {
  if (branch.size > maxListLength) return false;
  for (let index = 0; index < branch.size; index += 1) {
    if (!branch.has(String(index))) return false;
  }
  return branch.size > 0;
}

/** `b` into `a`, objects in it, too; of what is no object, `b` wins. */
export function mergeDeep(a: JsonObject, b: JsonObject): JsonObject {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const known = merged[key];
    define(
      merged,
      key,
      isJsonObject(known) && isJsonObject(value) ? mergeDeep(known, value) : value,
    );
  }
  return merged;
}

/** As a plain value even where the key is `__proto__`. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
