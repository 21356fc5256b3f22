import { types } from 'node:util';
import { isPlainData } from './plain-data.ts';

/**
 * What a copy for another thread cannot hold, and is put back there.
 *
 * `holder` is an object inside the packed value: copies keep who is who.
 */
export type Revival =
  | { readonly kind: 'function' | 'symbol'; readonly holder: object; readonly key: string }
  | {
      readonly kind: 'signal';
      readonly holder: object;
      readonly key: string;
      readonly isAborted: boolean;
    }
  | { readonly kind: 'json'; readonly holder: object; readonly carrier: { json?: unknown } };

/** The arguments of a call, as they travel between threads. */
export interface Packed {
  readonly args: unknown[];
  readonly revivals: readonly Revival[];
}

interface Journey {
  readonly revivals: Revival[];
  /** Original → copy, so that cycles stay cycles. */
  readonly copies: Map<object, object>;
}

interface Place {
  readonly holder: object;
  readonly key: string;
  /** 0 for the arguments themselves. */
  readonly depth: number;
}

/**
 * Ready arguments to travel so that another thread sees in them what this one does, as far as JSON and the methods of
 * the client look.
 *
 * What an object's `toJSON` returns is asked here: its class stays in this thread.
 *
 * @throws what a getter or `toJSON` throws
 */
export function pack(args: readonly unknown[]): Packed {
  if (isPlainData(args)) return { args: [...args], revivals: [] };
  const journey: Journey = { revivals: [], copies: new Map() };
  const copy: unknown[] = [];
  args.forEach((value, index) => {
    copyInto({ holder: copy, key: String(index), depth: 0 }, value, journey);
  });
  return { args: copy, revivals: journey.revivals };
}

function copyInto(place: Place, value: unknown, journey: Journey): void {
  const { holder, key } = place;
  switch (typeof value) {
    case 'object':
      return put(holder, key, value === null ? null : copyObject(place, value, journey));
    case 'function':
    case 'symbol': {
      put(holder, key, undefined);
      const kind = typeof value === 'symbol' ? 'symbol' : 'function';
      journey.revivals.push({ kind, holder, key });
      return;
    }
    case 'bigint': {
      // Applications give it a toJSON, so that it can be written.
      const written = jsonOf(value, key);
      return put(holder, key, written === null ? value : written.json);
    }
    default:
      return put(holder, key, value);
  }
}

function copyObject(place: Place, value: object, journey: Journey): unknown {
  const { holder, key, depth } = place;
  if (value instanceof AbortSignal) {
    journey.revivals.push({ kind: 'signal', holder, key, isAborted: value.aborted });
    return undefined;
  }
  const before = journey.copies.get(value);
  if (before !== undefined) return before;
  if (travelsAsItIs(value)) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  journey.copies.set(value, copy);
  const written = jsonOf(value, key);
  if (written !== null) {
    const carrier = {};
    journey.revivals.push({ kind: 'json', holder: copy, carrier });
    copyInto({ holder: carrier, key: 'json', depth: depth + 1 }, written.json, journey);
  }
  // Of other objects that say how they are written, the methods do not look at the fields.
  const isInput = depth === 0 || (depth === 1 && Array.isArray(holder));
  if (written === null || isInput) copyFields(value, copy, { journey, depth: depth + 1 });
  return copy;
}

function copyFields(
  value: object,
  copy: object,
  { journey, depth }: { readonly journey: Journey; readonly depth: number },
): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) =>
      copyInto({ holder: copy, key: String(index), depth }, item, journey),
    );
    // Holes at the end count, too.
    Reflect.set(copy, 'length', value.length);
    return;
  }
  for (const [key, field] of Object.entries(value)) {
    copyInto({ holder: copy, key, depth }, field, journey);
  }
}

// A Buffer is a view, too, but says how it is written.
const travelsAsItIs = (value: object): boolean =>
  types.isDate(value) ||
  types.isBoxedPrimitive(value) ||
  types.isRegExp(value) ||
  types.isAnyArrayBuffer(value) ||
  (ArrayBuffer.isView(value) && !('toJSON' in value));

function jsonOf(value: object | bigint, key: string): { readonly json: unknown } | null {
  const write: unknown = Reflect.get(Object(value), 'toJSON');
  return typeof write === 'function' ? { json: Reflect.apply(write, value, [key]) } : null;
}

/** Assigning to `__proto__` would change what the object is. */
function put(holder: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    const field = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(holder, key, field);
  } else Reflect.set(holder, key, value);
}

/** The arguments, in the thread that they were packed for. */
export function unpack({ args, revivals }: Packed): unknown[] {
  for (const revival of revivals) revive(revival);
  return args;
}

function revive(revival: Revival): void {
  const { holder } = revival;
  switch (revival.kind) {
    case 'function':
      return put(holder, revival.key, () => undefined);
    case 'symbol':
      return put(holder, revival.key, Symbol('of another thread'));
    case 'signal': {
      const { key, isAborted } = revival;
      return put(holder, key, isAborted ? AbortSignal.abort() : new AbortController().signal);
    }
    case 'json': {
      const { json } = revival.carrier;
      Object.defineProperty(holder, 'toJSON', { value: () => json });
    }
  }
}
