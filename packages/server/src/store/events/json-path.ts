import { bucketNames } from 'honeyhive-wire';
import type { SqlScope } from './sql-scope.ts';

const buckets: ReadonlySet<string> = new Set(bucketNames);

export const isBucket = (name: string): boolean => buckets.has(name);

/**
 * Text of a bucket that the parser of the engine accepts: escapes of lone surrogates become U+FFFD, integers beyond
 * 64 bits become floating point. Only rows marked at insert pay for it.
 */
export const readableJson = (column: string): string =>
  `if(has_odd_json = 0, ${column}, replaceRegexpAll(replaceRegexpAll(${column}, '\\\\\\\\ud[89a-f][0-9a-f]{2}', '\\\\\\\\ufffd'), '([:,\\\\[]-?[0-9]{19,})', '\\\\1.0'))`;

const extractAll = (list: string, key: string): string =>
  `arrayMap(x -> JSONExtractRaw(x, ${key}), ${list})`;

const openArrays = (list: string, otherwise: string): string =>
  `arrayFlatten(arrayMap(x -> if(startsWith(x, '['), JSONExtractArrayRaw(x), ${otherwise}), ${list}))`;

/** What a path leads to in a bucket, as SQL expressions of JSON text. */
export interface PathValues {
  /** The one value under nested keys; `''` when there is none or the way leads through an array. */
  readonly direct: string;
  /** True where `direct` is the answer: a value, and not an array, whose elements count too. */
  readonly isDirect: string;
  /** Otherwise: every value on the way through arrays and keys with dots, elements of arrays among them. */
  readonly all: string;
}

/**
 * Follows a path in a bucket.
 *
 * A nested value wins. Otherwise each array on the way stands for its elements, at any depth, and at each step the
 * rest of the path may be one key that contains dots. The work grows with the length of the path, not with its square:
 * each step searches what the step before it found.
 *
 * @param segments at least one; bound, never part of the text
 */
export function followPath(
  scope: SqlScope,
  column: string,
  segments: readonly string[],
): PathValues {
  const source = scope.alias(readableJson(column));
  const keys = segments.map((segment) => scope.text(segment));
  const direct = scope.alias(`JSONExtractRaw(${source}, ${keys.join(', ')})`);
  const found: string[] = [];
  let level = `[${source}]`;
  for (const [index, key] of keys.entries()) {
    const rest = segments.slice(index);
    const children = extractAll(level, key);
    if (rest.length > 1) found.push(extractAll(level, scope.text(rest.join('.'))));
    level = scope.alias(rest.length > 1 ? openArrays(children, '[x]') : children);
  }
  const values = scope.alias(`arrayConcat(${[level, ...found].join(', ')})`);
  return {
    direct,
    isDirect: `(${direct} != '' AND NOT startsWith(${direct}, '['))`,
    all: scope.alias(`arrayConcat(${values}, ${openArrays(values, 'emptyArrayString()')})`),
  };
}

/** Not well-formed text has no single form in the store, so that nothing can be said of it in advance. */
const hasOneForm = (text: string): boolean => !/[\p{Surrogate}\uFFFD]/u.test(text);

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * A cheap condition that holds wherever the path can lead to something: the bucket's text has the last key in it.
 * Searching text is ten times cheaper than parsing it. Relies on the text being what `JSON.stringify` writes.
 */
export function mayHavePath(scope: SqlScope, column: string, segments: readonly string[]): string {
  const last = segments.at(-1) ?? '';
  if (!hasOneForm(last)) return '1';
  return `position(${column}, ${scope.text(`${inJson(last)}":`)}) > 0`;
}

/** A cheap condition that holds wherever a value of the bucket can be, or can contain, the text. */
export function mayHaveText(scope: SqlScope, column: string, text: string): string {
  if (!hasOneForm(text)) return '1';
  const escaped = inJson(text);
  const ways = escaped === text ? [text] : [escaped, text];
  const conditions = ways.map((way) => `position(${column}, ${scope.text(way)}) > 0`);
  return `(${conditions.join(' OR ')})`;
}
