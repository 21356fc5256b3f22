import { parseMeasure } from './measure.ts';
import type { Sign, Value, Word } from './query.ts';
import { unquote } from './quoted-text.ts';
import { queryProblems } from '../text/query.ts';

/** The value that a text between blanks says, or what is wrong with it. */
export function parseValue(text: string): Value | string {
  if (text === '') return queryProblems.valueMissing;
  if (text === '*') return { kind: 'any' };
  const [, sign] = /^(>=|<=|>|<)/.exec(text) ?? [];
  if (sign !== undefined) return parseComparison(sign, text.slice(sign.length));
  if (text.startsWith('*') || (text.endsWith('*') && !text.startsWith('"'))) {
    return parseContains(text);
  }
  const word = parseWord(text);
  return typeof word === 'string' ? word : (parseRange(word) ?? { kind: 'is', word });
}

const isSign = (text: string): text is Sign => ['>', '>=', '<', '<='].includes(text);

function parseComparison(sign: string, rest: string): Value | string {
  if (!isSign(sign) || rest === '') return queryProblems.operandMissing(sign);
  const word = parseWord(rest);
  return typeof word === 'string' ? word : { kind: 'compares', sign, word };
}

function parseContains(text: string): Value | string {
  const part = text.slice(1, -1);
  if (text.length < 3 || !text.startsWith('*') || !text.endsWith('*')) {
    return queryProblems.starOnBothSides;
  }
  const word = parseWord(part);
  if (typeof word === 'string') return word;
  return word.text === ''
    ? queryProblems.nothingBetweenStars
    : { kind: 'contains', text: word.text };
}

function parseWord(text: string): Word | string {
  if (!text.startsWith('"')) {
    return /["()]/.test(text) ? queryProblems.valueNeedsQuotes : { text, isQuoted: false };
  }
  const said = unquote(text);
  if (said !== null) return { text: said, isQuoted: true };
  return /[^\\]"./.test(text) ? queryProblems.blankAfterQuote : queryProblems.quoteNotClosed;
}

/** `10..20`; anything else with two dots, a path for one, is a plain value. */
function parseRange({ text, isQuoted }: Word): Value | null {
  const [from = '', to = '', ...others] = isQuoted ? [] : text.split('..');
  if (others.length > 0 || !isRangeEnd(from) || !isRangeEnd(to)) return null;
  return { kind: 'range', from: { text: from, isQuoted }, to: { text: to, isQuoted } };
}

const isRangeEnd = (text: string): boolean =>
  parseMeasure(text) !== null || /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text);

/** Whether the text without quotes says this word again. */
export function isBareWord(text: string): boolean {
  const value = /\s/.test(text) || text === 'OR' ? null : parseValue(text);
  return value !== null && typeof value !== 'string' && value.kind === 'is' && !text.includes('"');
}
