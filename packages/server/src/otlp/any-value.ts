import { limits } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

/** Thrown by values that nest deeper than can be stored. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep';
}

/** Attributes as a list of keys and values, as one object. A key that comes twice has its last value. */
export function readAttributes(raw: unknown, depth: number = limits.jsonDepth): JsonObject {
  const attributes = new Map<string, unknown>();
  for (const pair of toList(raw)) {
    if (!isJsonObject(pair)) continue;
    const { key, value } = pair;
    attributes.set(typeof key === 'string' ? key : '', readAnyValue(value, depth - 1));
  }
  return Object.fromEntries(attributes);
}

export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** How each kind of value is read. Source: opentelemetry-proto, `common/v1/common.proto`, `AnyValue`. */
const readers: Readonly<Record<string, (value: unknown, depth: number) => unknown>> = {
  stringValue: (value) => value,
  boolValue: (value) => value,
  intValue: toExactNumber,
  doubleValue: toDouble,
  bytesValue: (value) => value,
  arrayValue: (value, depth) =>
    toList(isJsonObject(value) ? value['values'] : value).map((each) =>
      readAnyValue(each, depth - 1),
    ),
  kvlistValue: (value, depth) => readAttributes(isJsonObject(value) ? value['values'] : [], depth),
};

/** An `AnyValue` in its JSON form as plain JSON. One without a value is null; anything else is unchanged. */
export function readAnyValue(raw: unknown, depth: number = limits.jsonDepth): unknown {
  if (depth < 0) throw new TooDeep(`a value nested deeper than ${limits.jsonDepth} levels`);
  if (!isJsonObject(raw)) return raw ?? null;
  for (const name in raw) {
    if (Object.hasOwn(readers, name)) return readers[name]?.(raw[name], depth) ?? null;
  }
  return null;
}

/** 64 bits: a number where that is exact, else the digits as text. */
function toExactNumber(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** What JSON has no number for is kept as the text that OTLP has for it: `NaN`, `Infinity`. */
function toDouble(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
