import type { JsonObject } from './json-object.ts';

/** One level less than services take inside one field: unknown keys of an event move down into `metadata`. */
const maxDepth = 99;

/** Stands in the place of what cannot be sent. */
const stands = {
  circular: '[circular]',
  deep: `[deeper than ${maxDepth} levels]`,
  unreadable: (error: unknown) => `[unreadable: ${messageOf(error)}]`,
};

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    // Even to ask what was thrown throws: the placeholder is all there is to say.
    return 'unknown';
  }
}

/**
 * Whether `JSON.stringify` writes the value without losing anything that {@link toPlain} would keep.
 *
 * Quick on purpose: it runs over every event. Throws what a getter throws.
 */
export function isPlain(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'bigint':
    case 'function':
    case 'symbol':
      return false;
    case 'object':
      return value === null || (depth <= maxDepth && hasPlainMembers(value, depth + 1));
    default:
      return true;
  }
}

function hasPlainMembers(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) if (!isPlain(item, depth)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const members = value as JsonObject;
  // Its own `toJSON` is a function, and so not plain.
  for (const key in members) if (!isPlain(members[key], depth)) return false;
  return true;
}

/**
 * The value as plain JSON, which always can be written. Nothing throws: what cannot be read is named in its place.
 *
 * | given | becomes |
 * | --- | --- |
 * | BigInt | its decimal digits, as text |
 * | NaN, Infinity, an invalid Date | null |
 * | Date | ISO 8601, UTC |
 * | Map | an object; with keys that are not text, a list of pairs |
 * | Set, array of numbers such as Float32Array | a list |
 * | Error | `{name, message, stack}`, its cause, the errors of an AggregateError, and its own fields |
 * | Buffer, Uint8Array, ArrayBuffer, DataView | base64 |
 * | function, symbol | `[function name]`, `Symbol(name)` |
 * | RegExp | its source |
 * | a cycle | `[circular]` |
 * | more than 99 levels | `[deeper than 99 levels]` |
 * | a getter or a `toJSON` that throws | `[unreadable: message]` |
 */
export function toPlain(value: unknown): unknown {
  return convert(value, { above: [], key: '' });
}

/** The value itself where it is plain, else as {@link toPlain} has it. */
export function asPlain(value: unknown): unknown {
  try {
    if (isPlain(value)) return value;
  } catch {
    // A getter that throws is named in its place.
  }
  return toPlain(value);
}

interface Place {
  /** The objects that this one is inside of. */
  readonly above: readonly object[];
  readonly key: string;
}

function convert(value: unknown, place: Place): unknown {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'function':
      return `[function ${value.name}]`;
    case 'symbol':
      return value.toString();
    case 'object':
      return value === null ? null : convertGuarded(value, place);
    default:
      return value;
  }
}

function convertGuarded(value: object, place: Place): unknown {
  if (place.above.includes(value)) return stands.circular;
  if (place.above.length > maxDepth) return stands.deep;
  try {
    return convertObject(value, place);
  } catch (error) {
    return stands.unreadable(error);
  }
}

function convertObject(value: object, { above, key }: Place): unknown {
  const inside = [...above, value];
  const into = (item: unknown, name: string | number): unknown =>
    convert(item, { above: inside, key: String(name) });
  if (Array.isArray(value)) return Array.from(value as unknown[], into);
  const known = convertKnown(value, into);
  if (known !== undefined) return known;
  if (!hasToJson(value)) return convertMembers(value, into);
  const answer = value.toJSON(key);
  return answer === value ? convertMembers(value, into) : convert(answer, { above: inside, key });
}

const hasToJson = (value: object): value is { toJSON(key: string): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function';

type Into = (item: unknown, name: string | number) => unknown;

/** The forms of what is built in; undefined for anything else. */
function convertKnown(value: object, into: Into): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return convertError(value, into);
  if (value instanceof Map) return convertMap(value, into);
  if (value instanceof Set) return Array.from(value, into);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return value.valueOf();
  }
  return convertBytes(value, into);
}

function convertBytes(value: object, into: Into): unknown {
  if (value instanceof ArrayBuffer) return toBase64(new Uint8Array(value));
  if (!ArrayBuffer.isView(value)) return undefined;
  if (value instanceof Uint8Array || value instanceof DataView) {
    return toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
  return Array.from(value as unknown as ArrayLike<unknown>, into);
}

const bytesPerPiece = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += bytesPerPiece) {
    binary += String.fromCharCode(...bytes.subarray(at, at + bytesPerPiece));
  }
  return btoa(binary);
}

function convertMap(map: ReadonlyMap<unknown, unknown>, into: Into): unknown {
  const pairs = [...map];
  if (!pairs.every(([key]) => typeof key === 'string')) {
    return pairs.map(([key, item], index) => [into(key, index), into(item, index)]);
  }
  return Object.fromEntries(pairs.map(([key, item]) => [key, into(item, String(key))]));
}

function convertError(error: Error, into: Into): unknown {
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: into(cause, 'cause') }),
    ...('errors' in error ? { errors: into(error.errors, 'errors') } : {}),
    ...convertMembers(error, into),
  };
}

/** A member that cannot be read costs none of the others. */
function convertMembers(value: object, into: Into): JsonObject {
  const read = (key: string): unknown => {
    try {
      return into((value as JsonObject)[key], key);
    } catch (error) {
      return stands.unreadable(error);
    }
  };
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(key)]));
}
