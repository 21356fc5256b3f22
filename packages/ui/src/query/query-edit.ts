import type { Completion } from './completion.ts';
import { parseQuery } from './parse-query.ts';
import { printCondition, printKey, printValue, toWord } from './print-query.ts';
import type { Condition, Item } from './query.ts';
import type { Span } from './span.ts';
import type { ValueSign } from './suggestions.ts';

/** A change of the text, and where the caret is after it. */
export interface TextEdit {
  readonly at: Span;
  readonly insert: string;
  /** Position in the changed text. */
  readonly caret: number;
}

/** The edit that puts an accepted suggestion where it belongs; nothing else of the text changes. */
export function acceptKey(completion: Completion & { kind: 'key' }, path: string): TextEdit {
  const { at, wantsColon } = completion;
  const insert = `${printKey(path.split('.'))}${wantsColon ? ':' : ''}`;
  return { at, insert, caret: at.start + insert.length };
}

export function acceptValue(
  completion: Completion & { kind: 'value' },
  value: string | number | boolean,
): TextEdit {
  const { at, isAlternative } = completion;
  const word = printValue({ kind: 'is', word: toWord(value) });
  const insert = isAlternative ? word : `${word} `;
  return { at, insert, caret: at.start + insert.length };
}

/** Between two signs goes the caret. */
export function acceptSign({ at }: Completion & { kind: 'value' }, sign: ValueSign): TextEdit {
  const isPair = sign === '**' || sign === '()';
  return { at, insert: sign, caret: at.start + (isPair ? 1 : sign.length) };
}

export const applyEdit = (text: string, { at, insert }: TextEdit): string =>
  text.slice(0, at.start) + insert + text.slice(at.end);

/** The only change that the application makes to what somebody wrote: one blank between items, none around. */
export const tidyQuery = (text: string): string => joinItems(text, parseQuery(text));

const joinItems = (text: string, items: readonly Item[]): string =>
  items.map(({ at }) => text.slice(at.start, at.end)).join(' ');

export const removeItem = (text: string, index: number): string =>
  joinItems(
    text,
    parseQuery(text).filter((_, other) => other !== index),
  );

/** Adds a condition; what says the opposite gives way to it, and what says the same stays. */
export function addCondition(text: string, condition: Condition): string {
  const same = printCondition(condition);
  const opposite = condition.kind === 'text' ? null : printOpposite(condition);
  const kept = parseQuery(text).filter((item) => printItem(item) !== opposite);
  const isThere = kept.some((item) => printItem(item) === same);
  return [joinItems(text, kept), ...(isThere ? [] : [same])]
    .filter((part) => part !== '')
    .join(' ');
}

const printItem = ({ condition }: Item): string | null => condition && printCondition(condition);

const printOpposite = (condition: Exclude<Condition, { kind: 'text' }>): string =>
  printCondition({ ...condition, isNegated: !condition.isNegated });

/** The condition that a value on the screen stands for. */
export const conditionOf = (
  path: string,
  value: string | number | boolean,
  isNegated = false,
): Condition => ({
  kind: 'clause',
  key: path.split('.'),
  isNegated,
  values: [{ kind: 'is', word: toWord(value) }],
});

/** The same for a value that may not be there: null stands for events without the key. */
export const conditionOrNone = (
  path: string,
  value: string | number | null,
  isNegated = false,
): Condition =>
  value === null
    ? { kind: 'has', key: path.split('.'), isNegated: !isNegated }
    : conditionOf(path, value, isNegated);
