import type { SqlScope } from './sql-scope.ts';

/** Columns of plain text, and those of JSON text, in which words are looked for; the cheap ones first. */
const textColumns = ['event_name', 'event_id', 'session_id', 'user', 'model', "ifNull(error, '')"];
const jsonColumns = ['inputs', 'outputs', 'metadata', 'feedback'];

/** Whether an event has the text in a name, an id or its payload; case does not count. */
export function wordCondition(word: string, scope: SqlScope): string {
  const text = scope.text(word);
  const inJson = JSON.stringify(word).slice(1, -1);
  const json = inJson === word ? text : scope.text(inJson);
  const has = (column: string, needle: string): string =>
    `positionCaseInsensitiveUTF8(${column}, ${needle}) > 0`;
  return `(${[
    ...textColumns.map((column) => has(column, text)),
    ...jsonColumns.map((column) => has(column, json)),
  ].join(' OR ')})`;
}
