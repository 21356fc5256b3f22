import { types } from 'node:util';

/** Deeper data may be endless: a cycle. */
const maxDepth = 40;

/**
 * Whether a value travels between threads as it is: nothing but data, which looks there as it does here.
 *
 * Cheaper than the copy that everything else needs. False when in doubt.
 */
export function isPlainData(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object') return isPlainPrimitive(value);
  if (value === null) return true;
  if (depth > maxDepth || !isPlainObject(value)) return false;
  if (Array.isArray(value)) return value.every((item) => isPlainData(item, depth + 1));
  return Object.keys(value).every((key) => isPlainData(Reflect.get(value, key), depth + 1));
}

function isPlainObject(value: object): boolean {
  if (types.isProxy(value) || 'toJSON' in value) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

const isPlainPrimitive = (value: unknown): boolean =>
  typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
