import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

/**
 * Adds the fields of the source that the target does not have yet, at every level: what was there first wins.
 *
 * @returns the fields that were not added; null if all were
 */
export function mergeFree(target: Record<string, unknown>, source: JsonObject): JsonObject | null {
  let refused: Record<string, unknown> | null = null;
  for (const [key, value] of Object.entries(source)) {
    const rest = addField(target, key, value);
    if (rest !== undefined) define((refused ??= {}), key, rest);
  }
  return refused;
}

/** @returns what was not added; undefined if all was */
function addField(target: Record<string, unknown>, key: string, value: unknown): unknown {
  const known = Object.hasOwn(target, key) ? target[key] : undefined;
  if (known === undefined) {
    define(target, key, value);
    return undefined;
  }
  if (!isJsonObject(known) || !isJsonObject(value)) return value;
  const merged = Object.fromEntries(Object.entries(known));
  const rest = mergeFree(merged, value);
  define(target, key, merged);
  return rest ?? undefined;
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
