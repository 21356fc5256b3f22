import { snippetChars, toSnippet } from '../../../domain/snippet.ts';
import type { FieldSnippet } from '../../../domain/snippet.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import type { SqlScope } from '../sql/sql-scope.ts';
import { jsonColumns } from '../sql/word-columns.ts';
import { wordPlaces } from '../sql/word-sql.ts';

const { before, rest } = snippetChars;

/** What an event has to be read with for its snippet. */
export interface SnippetColumns {
  /** Columns of the table that the expressions need. */
  readonly sources: readonly string[];
  readonly sql: string;
  /** What `sql` came to; null: the event does not have the word. */
  readonly read: (cursor: RowBinaryCursor) => FieldSnippet | null;
}

/** Where an event has a word, and what stands around it. */
export function snippetColumns(word: string, scope: SqlScope): SnippetColumns {
  const places = wordPlaces(word, scope);
  const hits = places.map(({ column, placeSql }) => `('${column}', toInt64(${placeSql}))`);
  const hit = scope.alias(`arrayFirst(h -> h.2 > 0, [${hits.join(', ')}])`);
  const texts = places.map(({ column, textSql }) => `${hit}.1 = '${column}', ${textSql}`);
  const part = `substringUTF8(multiIf(${texts.join(', ')}, ''), greatest(1, ${hit}.2 - ${before}), least(${hit}.2 - 1, ${before}) + ${rest})`;
  const length = Array.from(word).length;
  const inJson = Array.from(JSON.stringify(word).slice(1, -1)).length;
  return {
    sources: places.map(({ column }) => column),
    sql: `${hit}.1, ${hit}.2, if(${hit}.2 > 0, ${part}, '')`,
    read(cursor) {
      const field = cursor.string();
      const place = cursor.int64() - 1;
      const text = cursor.string();
      if (place < 0) return null;
      const isJson = jsonColumns.includes(field);
      const isStart = place <= before;
      const snippet = { part: text, isStart, place: Math.min(place, before), isJson };
      return { field, ...toSnippet({ ...snippet, length: isJson ? inJson : length }) };
    },
  };
}
