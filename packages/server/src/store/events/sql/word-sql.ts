import { idColumns, jsonColumns, plainColumns } from './word-columns.ts';
import type { SqlScope } from './sql-scope.ts';

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Where a text is in another one, case aside: 0 for nowhere. Letters beyond ASCII cost twice as much. */
export const placeSql = (haystack: string, needle: string, text: string): string =>
  `positionCaseInsensitive${isAscii(text) ? '' : 'UTF8'}(${haystack}, ${needle})`;

/** Whether an event has the text in a name, an id or its payload; case does not count. */
export function wordCondition(word: string, scope: SqlScope): string {
  const text = scope.text(word);
  const inJson = JSON.stringify(word).slice(1, -1);
  const json = inJson === word ? text : scope.text(inJson);
  const has = (column: string, needle: string): string => `${placeSql(column, needle, word)} > 0`;
  return `(${[
    ...[...plainColumns, ...idColumns].map((column) => has(column, text)),
    ...jsonColumns.map((column) => has(column, json)),
  ].join(' OR ')})`;
}

/** Where a column of texts has a word, in Unicode characters from 1; 0 for nowhere. */
interface WordPlace {
  readonly column: string;
  readonly placeSql: string;
  /** The text of the column. */
  readonly textSql: string;
}

/** Columns in the order in which a reader would want to be shown a match. */
const shownFirst = ['event_name', 'error', 'inputs', 'outputs', 'metadata', 'feedback'];
const shownColumns = [...shownFirst, 'user', 'model', ...idColumns];

/** Where an event has the word: the same that {@link wordCondition} finds, and more precisely. */
export function wordPlaces(word: string, scope: SqlScope): WordPlace[] {
  const text = scope.text(word);
  const json = scope.text(JSON.stringify(word).slice(1, -1));
  return shownColumns.map((column) => {
    const textSql = column === 'error' ? "ifNull(error, '')" : column;
    const needle = jsonColumns.includes(column) ? json : text;
    return { column, textSql, placeSql: `positionCaseInsensitiveUTF8(${textSql}, ${needle})` };
  });
}
