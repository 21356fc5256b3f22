import { isBareWord } from './parse-value.ts';
import type { Condition, Key, Value, Word } from './query.ts';
import { quote } from './quoted-text.ts';

/** The text that says these conditions; `parseQuery` reads the same ones out of it. */
export const printQuery = (conditions: readonly Condition[]): string =>
  conditions.map(printCondition).join(' ');

export function printCondition(condition: Condition): string {
  if (condition.kind === 'text') return printText(condition.text);
  const minus = condition.isNegated ? '-' : '';
  if (condition.kind === 'has') return `${minus}has:${printKey(condition.key)}`;
  const values = condition.values.map(printValue);
  const [first = ''] = values;
  return `${minus}${printKey(condition.key)}:${values.length === 1 ? first : `(${values.join(' OR ')})`}`;
}

/** Free text is bare unless something in it would be read as more than text. */
const printText = (text: string): string =>
  /^(OR|AND|NOT|-.*)$|[\s":()]/.test(text) || text === '' ? quote(text) : text;

export const printKey = (key: Key): string =>
  key
    .map((segment, index) => {
      const isPlain = /^[^\s".:()]+$/.test(segment);
      const isTaken = index === 0 && (segment.startsWith('-') || segment === 'has');
      return isPlain && !isTaken ? segment : quote(segment);
    })
    .join('.');

export function printValue(value: Value): string {
  switch (value.kind) {
    case 'any':
      return '*';
    case 'is':
      return printWord(value.word);
    case 'contains':
      return `*${/^[^\s"()]+$/.test(value.text) ? value.text : quote(value.text)}*`;
    case 'compares':
      return `${value.sign}${printWord(value.word)}`;
    case 'range':
      return `${printWord(value.from)}..${printWord(value.to)}`;
  }
}

const printWord = ({ text, isQuoted }: Word): string => (isQuoted ? quote(text) : text);

/** The word for a value found in the data: in quotes only when it must be, or when it would be read as a number. */
export function toWord(value: string | number | boolean): Word {
  const text = String(value);
  const isBare = isBareWord(text) && (typeof value !== 'string' || !isTypedText(text));
  return { text, isQuoted: !isBare };
}

const isTypedText = (text: string): boolean => /^([+-]?[\d.$].*|true|false)$/.test(text);
