import type { SqlScope } from './sql-scope.ts';
import { eventTable } from '../rows/event-row.ts';
import { idColumns, jsonColumns, plainColumns } from './word-columns.ts';
import { placeSql } from './word-sql.ts';

/** The words of each hour of a project; of several rows, the one with the latest stamp counts. */
export const wordTable = 'hour_words';

/** What a row says of its hour. */
export const wordStates = {
  /** It was written to since its words were read. */
  stale: 0,
  /** `words` has every word of every version that is stored. */
  complete: 1,
  /** It has too many words to be worth a look. */
  tooMany: 2,
} as const;

/** What UUIDs consist of: they are not stored as words, as that would double the size. */
const idPattern = '^[0-9a-fA-F-]*$';

const otherIds = idColumns.map((column) => `if(match(${column}, '${idPattern}'), '', ${column})`);

/**
 * The words of an event: whatever stands between ASCII characters other than letters and digits, ASCII letters in lower
 * case.
 */
export const wordsSql = `tokens(lower(concatWithSeparator(' ', ${[...plainColumns, ...otherIds, ...jsonColumns].join(', ')})), 'splitByNonAlpha')`;

/** Shorter ones are in every hour. */
const leastBytes = 3;

/**
 * The parts of a text that lie within one word wherever the text is found. In JSON too: it escapes nothing but what
 * separates words, and lone surrogates, of which nothing can be said in advance.
 */
export function toWordParts(text: string): string[] {
  if (/[\p{Surrogate}\uFFFD]/u.test(text)) return [];
  return [...text.matchAll(/[A-Za-z0-9\u{80}-\u{10FFFF}]+/gu)]
    .map(([part]) => part.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()))
    .filter((part) => Buffer.byteLength(part) >= leastBytes);
}

/**
 * Conditions that leave out hours in which no event has the texts. They may come before FINAL: all versions of an event
 * share the hour, so that none hides or reveals another one.
 *
 * @param place conditions on project and hour
 */
export const mayHaveTexts = (
  texts: readonly string[],
  place: readonly string[],
  scope: SqlScope,
): string[] =>
  texts.flatMap((text) => {
    const parts = toWordParts(text);
    if (parts.length === 0) return [];
    const hasAll = parts.map((part) => `${placeSql('words', scope.text(part), part)} > 0`);
    const lacks = [
      ...place,
      `state = ${wordStates.complete}`,
      `NOT (${hasAll.join(' AND ')})`,
      ...(new RegExp(idPattern).test(text) ? [isInNoId(text, place, scope)] : []),
    ];
    return [
      `start_hour NOT IN (SELECT start_hour FROM ${wordTable} FINAL WHERE ${lacks.join(' AND ')})`,
    ];
  });

function isInNoId(text: string, place: readonly string[], scope: SqlScope): string {
  const needle = scope.text(text);
  const has = idColumns.map((column) => `${placeSql(column, needle, text)} > 0`).join(' OR ');
  return `start_hour NOT IN (SELECT start_hour FROM ${eventTable} WHERE ${[...place, `(${has})`].join(' AND ')})`;
}
