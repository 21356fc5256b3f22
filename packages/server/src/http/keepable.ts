import { limits } from 'honeyhive-wire';
import { findTooDeep } from '../domain/json-text.ts';
import { invalid } from '../domain/problem.ts';

/** Texts that may hold a number beyond the range of a double: an exponent of three digits, or very many digits. */
const mayOverflow = /\d[eE]\+?\d{3}|\d{300}/;

/**
 * Makes sure that a parsed value can be stored and read back as it was sent.
 *
 * @param text what it was parsed from
 * @param at path of the value, when it stands inside the body
 * @throws {Problem} `invalid_request` that names where it nests too deep, or where a number is too large
 */
export function requireKeepable(value: unknown, text: string, at: string): void {
  // Two levels belong to the request itself: the body and a list or wrapper in it.
  const deep = findTooDeep(value, limits.jsonDepth + 2);
  if (deep !== null) fail(at + deep, `nested deeper than ${limits.jsonDepth} levels`);
  const infinite = mayOverflow.test(text) ? findInfinite(value) : null;
  if (infinite !== null) fail(at + infinite, 'a number beyond the range of JSON numbers');
}

function fail(path: string, message: string): never {
  const field = path.replace(/^\./, '').slice(0, 80);
  throw invalid([{ field: field === '' ? 'body' : field, message }]);
}

/** Where a number overflowed when it was parsed, as a path; null when nowhere. The depth was checked before. */
function findInfinite(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : '';
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const found = findInfinite(child);
    if (found !== null) return Array.isArray(value) ? `[${key}]${found}` : `.${key}${found}`;
  }
  return null;
}
