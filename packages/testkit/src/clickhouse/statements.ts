import { Refusal } from './server-error.ts';

/** Rows sent apart from their statement. */
export interface RawInsert {
  readonly table: string;
  readonly columns: readonly string[] | null;
  readonly format: string;
}

const insertPattern =
  /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?([\w.]+)\s*(?:\(([^()]*)\))?\s*FORMAT\s+(\w+)\s*$/i;

/** The parts of an `INSERT … FORMAT …` without data; null for any other statement. */
export function parseInsert(sql: string): RawInsert | null {
  const [, table, columns, format] = insertPattern.exec(sql) ?? [];
  if (table === undefined || format === undefined) return null;
  return {
    table,
    format,
    columns: columns === undefined ? null : columns.split(',').map((name) => name.trim()),
  };
}

/** Strings, quoted names and comments; anything else is one character. */
const token =
  /'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^])*"|`(?:[^`\\]|\\[^])*`|--[^\n]*|\/\*[^]*?\*\/|[^]/g;

/**
 * The HTTP interface takes one statement; the embedded engine would run several.
 *
 * @throws {Refusal} anything but space and comments follows a semicolon
 */
export function requireOneStatement(sql: string): void {
  let hasEnded = false;
  for (const [text] of sql.matchAll(token)) {
    const isBlank = /^(?:\s|--|\/\*)/.test(text);
    if (hasEnded && !isBlank && text !== ';')
      throw new Refusal(62, 'SYNTAX_ERROR', 'Syntax error (Multi-statements are not allowed)');
    if (text === ';') hasEnded = true;
  }
}

/** The engine chooses the ids of its queries, so the id of a request is their `log_comment`. */
export const findByComment = (sql: string): string =>
  /^\s*KILL\s+QUERY\b/i.test(sql) ? sql.replace(/\bquery_id\b/g, "Settings['log_comment']") : sql;
