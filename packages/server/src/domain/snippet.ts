import { toWellFormed } from './well-formed.ts';

/** Where a text was found, on one line. */
export interface Snippet {
  /** What stands before it; begins with an ellipsis where it was cut. */
  readonly before: string;
  /** What was found, as it is written there. */
  readonly text: string;
  readonly after: string;
}

/** Where a field has a text. */
export interface FieldSnippet extends Snippet {
  readonly field: string;
}

/** A part of a text around a match. Places and lengths are Unicode characters. */
export interface SnippetSource {
  readonly part: string;
  /** Whether the text begins with the part. */
  readonly isStart: boolean;
  /** Where the match is in the part. */
  readonly place: number;
  readonly length: number;
  /** Whether the text is JSON, whose escapes are not what it says. */
  readonly isJson: boolean;
}

/** Characters that are read before a match, and of the match with what follows. */
export const snippetChars = { before: 50, rest: 200 } as const;

const ellipsis = '…';

export function toSnippet({ part, isStart, place, length, isJson }: SnippetSource): Snippet {
  const chars = Array.from(part);
  const shownChars = Math.min(length, snippetChars.rest);
  const end = place + shownChars;
  const read = (text: string): string => toLine(isJson ? unescape(text) : text);
  const before = chars.slice(isStart ? 0 : wholeFrom(chars, place), place).join('');
  const after = chars.slice(end).join('');
  // A text that was read to its end may have no more; an ellipsis then says nothing wrong.
  const isCut = chars.length - place >= snippetChars.rest;
  return {
    before: `${isStart ? '' : ellipsis}${read(before)}`,
    text: read(chars.slice(place, end).join('')),
    after: `${read(isCut ? after.replace(cutEscape, '') : after)}${isCut ? ellipsis : ''}`,
  };
}

/** The first character that does not belong to an escape that begins before the part. */
function wholeFrom(chars: readonly string[], most: number): number {
  let from = 1;
  while (from < most && chars[from - 1] === '\\') from += 1;
  return Math.min(from, most);
}

const cutEscape = /\\(?:u[0-9a-fA-F]{0,3})?$/;
const escapes = /\\(?:u([0-9a-fA-F]{4})|(.))/g;
const blanks: ReadonlySet<string> = new Set(['b', 'f', 'n', 'r', 't']);

const unescape = (text: string): string =>
  text.replaceAll(escapes, (_all, code: string | undefined, letter: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return blanks.has(letter) ? ' ' : letter;
  });

/** White space and control characters become one blank. */
const toLine = (text: string): string => toWellFormed(text.replaceAll(/[\s\p{Cc}]+/gu, ' '));
