import { limits } from 'honeyhive-wire';
import { findTooDeep, isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { unflatten } from './unflatten.ts';

/** The attributes of a span, of which each is read once: what nobody takes is left over, so that nothing is lost. */
export class Attributes {
  readonly #left: Map<string, unknown>;

  constructor(attributes: JsonObject) {
    this.#left = new Map(Object.entries(attributes));
  }

  has(key: string): boolean {
    return this.#left.has(key);
  }

  peek(key: string): unknown {
    return this.#left.get(key);
  }

  /** Whether any key begins so. */
  hasUnder(prefix: string): boolean {
    for (const key of this.#left.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  /** The value under the first of the keys that the reader can make something of; the others stay. */
  takeFirst<Value>(
    keys: readonly string[],
    read: (value: unknown) => Value | undefined,
  ): Value | undefined {
    for (const key of keys) {
      if (!this.#left.has(key)) continue;
      const value = read(this.#left.get(key));
      if (value === undefined) continue;
      this.#left.delete(key);
      return value;
    }
    return undefined;
  }

  takeText(...keys: readonly string[]): string | undefined {
    return this.takeFirst(keys, toText);
  }

  takeValue(...keys: readonly string[]): unknown {
    return this.takeFirst(keys, (value) => value ?? undefined);
  }

  /** What stands under keys that begin so, without that beginning, as one object; null when there is nothing. */
  takeUnder(prefix: string): JsonObject | null {
    const found: [string, unknown][] = [];
    for (const [key, value] of this.#left) {
      if (key.length > prefix.length && key.startsWith(prefix))
        found.push([key.slice(prefix.length), value]);
    }
    for (const [key] of found) this.#left.delete(prefix + key);
    return found.length === 0 ? null : unflatten(found);
  }

  /** Everything that was not taken, as one object. */
  takeRest(): JsonObject {
    const rest = unflatten(this.#left);
    this.#left.clear();
    return rest;
  }
}

/** A text that says something, or a number as one. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Where there may be a number that a double cannot hold: an exponent of three digits, or very many digits. */
const maybeInexact = /\d[eE]\+?\d{3}|\d{16}/;
const hugeExponent = /\d[eE]\+?\d{3}/;
const longIntegers = /(?<![\d.])\d{16,}/g;
const texts = /"[^"\\]*(?:\\.[^"\\]*)*"/gs;

/** Whether a number in the JSON would not come back as it is. Digits in texts do not matter, nor those of fractions. */
function hasInexactNumber(json: string): boolean {
  if (!maybeInexact.test(json)) return false;
  const bare = json.replaceAll(texts, '');
  const integers = bare.match(longIntegers) ?? [];
  return hugeExponent.test(bare) || integers.some((digits) => String(Number(digits)) !== digits);
}

/**
 * Text that holds an object or a list as that; anything else as it is. What nests too deep, or has numbers that would
 * not come back as they are, stays text.
 */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    if (hasInexactNumber(value)) return value;
    const parsed: unknown = JSON.parse(value);
    // A bucket and a message or two are around it.
    return findTooDeep(parsed, limits.jsonDepth - 10) === null ? parsed : value;
  } catch {
    // It only began like JSON, or is too long to be looked through: a text that is shown as it is.
    return value;
  }
}

/** A list, or text that holds one; also a list of such texts, as senders of lists of objects have to write them. */
export function toJsonList(value: unknown): readonly unknown[] | undefined {
  const parsed = fromJson(value);
  if (!Array.isArray(parsed) || parsed.length === 0) return undefined;
  return parsed.map((each: unknown) => fromJson(each));
}

/** An object, or text that holds one. */
export function toJsonObject(value: unknown): JsonObject | undefined {
  const parsed = fromJson(value);
  return isJsonObject(parsed) ? parsed : undefined;
}
