import { refuse } from '../errors/refusal.ts';
import { isDotSegment } from './dot-segment.ts';

/** One value of a query; a list stands for the name given several times, an object for its JSON. */
export type QueryValue = string | number | boolean | null | undefined | Date | object;

/** The query of a URL by name; what is null or undefined is left out. */
export type QueryParameters = Readonly<Record<string, QueryValue>>;

/** `?a=1&b=2`, or nothing. */
export function toQuery(parameters: QueryParameters | undefined): string {
  if (parameters === undefined) return '';
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = toText(item);
      if (text !== null) query.append(name, text);
    }
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? null);
}

/** A path of the contract, and what to fill into it. */
export interface PathTemplate {
  /** For messages. */
  readonly operation: string;
  /** `{name}` marks a parameter. */
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The path with its parameters filled in, encoded.
 *
 * @throws {HoneyHiveValidationError} when a value cannot be part of a path
 */
export function fillPath({ operation, path, values }: PathTemplate): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') {
      const got = value === '' ? "''" : typeof value;
      throw refuse(operation, [
        { field: name, message: `must be text that is not empty; got ${got}` },
      ]);
    }
    if (isDotSegment(value)) {
      const message = `must not be '.' or '..', which address something else in a path; got '${value}'`;
      throw refuse(operation, [{ field: name, message }]);
    }
    return encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
  });
}
