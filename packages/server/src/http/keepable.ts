import { findTooDeep } from '../domain/json-text.ts';
import type { JsonBounds } from './json/json-reader.ts';

/** Texts that may hold a number beyond the range of a double: an exponent of three digits, or very many digits. */
const mayOverflow = /\d[eE]\+?\d{3}|\d{300}/;

/**
 * Whether a parsed value can be stored and read back as it was sent: it does not nest too deep, and no number
 * overflowed.
 *
 * @param text what it was parsed from
 */
export function isKeepable(
  value: unknown,
  text: string,
  { depth, isFinite }: Pick<JsonBounds, 'depth' | 'isFinite'>,
): boolean {
  if (findTooDeep(value, depth) !== null) return false;
  return !isFinite || !mayOverflow.test(text) || !holdsInfinity(value);
}

/** The depth was checked before. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsInfinity);
}
