import { limits } from 'honeyhive-wire';
import { findTooDeep, isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { toList } from './any-value.ts';
import { unflatten } from './unflatten.ts';

/** Converts an attribute; undefined if it cannot be used. */
type Read<Value> = (value: unknown, key: string) => Value | undefined;

/**
 * The attributes of a span, of which each is read once. What no reader takes, or what a reader gives back, is left
 * over, so that nothing is lost.
 */
export class Attributes {
  readonly #left: Map<string, unknown>;
  /** First segments of all keys. Most conventions are absent from a span, which this tells without a scan. */
  readonly #heads = new Set<string>();

  constructor(attributes: JsonObject) {
    this.#left = new Map(Object.entries(attributes));
    for (const key of this.#left.keys()) this.#heads.add(headOf(key));
  }

  has(key: string): boolean {
    return this.#left.has(key);
  }

  peek(key: string): unknown {
    return this.#left.get(key);
  }

  /** The value under the first of the keys that can be read; the others stay. */
  takeFirst<Value>(keys: readonly string[], read: Read<Value>): Value | undefined {
    return this.peekFirst(keys, (value, key) => {
      const result = read(value, key);
      if (result !== undefined) this.#left.delete(key);
      return result;
    });
  }

  /** The same, and it stays, too. */
  peekFirst<Value>(keys: readonly string[], read: Read<Value>): Value | undefined {
    for (const key of keys) {
      const value = this.#left.has(key) ? read(this.#left.get(key), key) : undefined;
      if (value !== undefined) return value;
    }
    return undefined;
  }

  takeText(...keys: readonly string[]): string | undefined {
    return this.takeFirst(keys, toText);
  }

  /** Takes all keys with the prefix, as one object without it. */
  takeUnder(prefix: string): JsonObject {
    const found = this.#under(prefix);
    for (const [key] of found) this.#left.delete(prefix + key);
    return found.length === 0 ? {} : unflatten(found);
  }

  /**
   * A list of which each item has a number: `prefix.0.a`, `prefix.1.a`. It may begin at any number and have gaps. Other
   * keys with the prefix stay; all stay if the list cannot be read.
   */
  takeNumbered<Value>(prefix: string, read: (items: readonly JsonObject[]) => Value | undefined) {
    const byNumber = new Map<number, [string, unknown][]>();
    const keys: string[] = [];
    for (const [key, value] of this.#under(prefix)) {
      const dot = key.indexOf('.');
      if (dot === -1 || dot === key.length - 1 || !isIndex(key.slice(0, dot))) continue;
      const number = Number(key.slice(0, dot));
      const entries = byNumber.get(number);
      if (entries) entries.push([key.slice(dot + 1), value]);
      else byNumber.set(number, [[key.slice(dot + 1), value]]);
      keys.push(key);
    }
    if (keys.length === 0) return undefined;
    const inOrder = [...byNumber].toSorted(([a], [b]) => a - b);
    const value = read(inOrder.map(([, entries]) => unflatten(entries)));
    if (value !== undefined) for (const key of keys) this.#left.delete(prefix + key);
    return value;
  }

  /** Opens an object, or JSON text of one: its fields become attributes, unless one of them exists. */
  open(key: string): void {
    const object = toJsonObject(this.#left.get(key));
    if (object === undefined) return;
    const fields = Object.entries(object).map(
      ([name, value]) => [`${key}.${name}`, value] as const,
    );
    if (fields.length === 0 || fields.some(([name]) => this.#left.has(name))) return;
    this.#left.delete(key);
    for (const [name, value] of fields) this.#left.set(name, value);
  }

  /** Opens JSON text in all attributes with the prefix, texts in quotes too. */
  openUnder(prefix: string): void {
    for (const [key, value] of this.#under(prefix))
      this.#left.set(prefix + key, fromAnyJson(value));
  }

  /** Puts back what was taken and not used. */
  giveBack(key: string, value: unknown): void {
    this.#left.set(key, value);
    this.#heads.add(headOf(key));
  }

  /** Everything that was not taken, under the names that were sent. */
  rest(): JsonObject {
    return Object.fromEntries(this.#left);
  }

  #under(prefix: string): [string, unknown][] {
    const found: [string, unknown][] = [];
    if (!this.#heads.has(headOf(prefix))) return found;
    for (const [key, value] of this.#left) {
      if (key.length > prefix.length && key.startsWith(prefix))
        found.push([key.slice(prefix.length), value]);
    }
    return found;
  }
}

function headOf(key: string): string {
  const dot = key.indexOf('.');
  return dot === -1 ? key : key.slice(0, dot);
}

/** Whether a segment is the number of an item. */
const isIndex = (segment: string): boolean => /^(0|[1-9]\d{0,8})$/.test(segment);

/** A list, or an object whose keys are all numbers: a list that has gaps, or that does not begin at 0. */
export function toNumberedList(value: unknown): readonly unknown[] | undefined {
  if (!isJsonObject(value)) return Array.isArray(value) ? toList(value) : undefined;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every(isIndex) ? Object.values(value) : undefined;
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

/** The same, and text that holds a string, a number or a boolean: for attributes that always contain JSON. */
export function fromAnyJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*(["\d-]|(true|false|null)\s*$)/.test(value))
    return fromJson(value);
  try {
    return hasInexactNumber(value) ? value : JSON.parse(value);
  } catch {
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
