import { compileValue } from './compile-value.ts';
import type { QueryContext } from './compile-query.ts';
import { pathOfKey } from './field-catalogue.ts';
import type { FieldType } from './filter.ts';
import { parseQuery } from './parse-query.ts';
import { isBareWord } from './parse-value.ts';
import type { TextEdit } from './query-edit.ts';
import type { Word } from './query.ts';
import { quote } from './quoted-text.ts';

/** A value that can be read in two ways, because its key holds text and something else. */
export interface TypeChoice {
  /** Dotted path of the key. */
  readonly path: string;
  /** How it is read now. */
  readonly type: FieldType;
  readonly other: FieldType;
  /** The change of the text that makes it read the other way. */
  readonly edit: TextEdit;
}

/** The values of a query that could be meant otherwise: quotes say that text is meant. */
export function findTypeChoices(text: string, context: QueryContext): TypeChoice[] {
  return parseQuery(text).flatMap(({ condition, valuesAt }) => {
    if (condition?.kind !== 'clause') return [];
    const path = pathOfKey(condition.key);
    const types = context.catalogue.find(path)?.types ?? [];
    if (types.length < 2 || !types.includes('string')) return [];
    return condition.values.flatMap((value, index) => {
      const at = valuesAt[index];
      if (value.kind !== 'is' || !at) return [];
      const { word } = value;
      const turned: Word = { text: word.text, isQuoted: !word.isQuoted };
      if (word.isQuoted && !isBareWord(word.text)) return [];
      const [type, other] = [word, turned].map((one) => typeOf(one, path, context));
      if (!type || !other || type === other) return [];
      const insert = turned.isQuoted ? quote(turned.text) : turned.text;
      return [{ path, type, other, edit: { at, insert, caret: at.start + insert.length } }];
    });
  });
}

function typeOf(
  word: Word,
  path: string,
  { catalogue, timeZone }: QueryContext,
): FieldType | undefined {
  const field = catalogue.find(path);
  const clauses = compileValue({ kind: 'is', word }, { path, field, timeZone });
  return typeof clauses === 'string' ? undefined : clauses[0]?.[0]?.type;
}
