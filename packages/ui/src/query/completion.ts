import { pathOfKey } from './field-catalogue.ts';
import { findItemSpans, findQuoteEnd, isSpace } from './item-spans.ts';
import { findColon, parseKey } from './parse-item.ts';
import { unquote } from './quoted-text.ts';
import type { Span } from './span.ts';

/** What can be completed where the caret is, and which part of the text that would replace. */
export type Completion =
  | {
      readonly kind: 'key';
      readonly prefix: string;
      readonly at: Span;
      /** Whether a colon is to follow: not after `has:`, and not where there is one. */
      readonly wantsColon: boolean;
    }
  | {
      readonly kind: 'value';
      readonly path: string;
      readonly prefix: string;
      readonly at: Span;
      /** Between parentheses no blank is to follow: `OR` or the end may. */
      readonly isAlternative: boolean;
    }
  /** Within free text in quotes, or after a sign such as `>`: nothing is known of what comes. */
  | { readonly kind: 'nothing' };

export function findCompletion(text: string, caret: number): Completion {
  const item = findItemSpans(text).find(({ start, end }) => start <= caret && caret <= end);
  if (!item) return { kind: 'key', prefix: '', at: { start: caret, end: caret }, wantsColon: true };
  const start = item.start + (text[item.start] === '-' ? 1 : 0);
  const colon = findColon(text, { start, end: item.end });
  if (colon !== null && text.slice(start, colon) === 'has' && caret > colon) {
    const at = { start: colon + 1, end: item.end };
    return { kind: 'key', prefix: toPrefix(text.slice(at.start, caret)), at, wantsColon: false };
  }
  if (colon === null || caret <= colon) {
    return completeKey(text, caret, { start: Math.min(start, caret), end: colon ?? item.end });
  }
  return completeValue(text, caret, { key: { start, end: colon }, end: item.end });
}

function completeKey(text: string, caret: number, at: Span): Completion {
  if (text[at.start] === '"') return { kind: 'nothing' };
  const prefix = toPrefix(text.slice(at.start, caret));
  return { kind: 'key', prefix, at, wantsColon: text[at.end] !== ':' };
}

function completeValue(
  text: string,
  caret: number,
  { key, end }: { key: Span; end: number },
): Completion {
  const parsed = parseKey(text, key);
  if ('message' in parsed) return { kind: 'nothing' };
  const isAlternative = text[key.end + 1] === '(';
  const at = isAlternative
    ? findAlternative(text, caret, { start: key.end + 2, end })
    : { start: key.end + 1, end };
  const written = text.slice(at.start, caret);
  if (/^[<>]/.test(written)) return { kind: 'nothing' };
  const prefix = toPrefix(written.replace(/^\*/, ''));
  return { kind: 'value', path: pathOfKey(parsed.key), prefix, at, isAlternative };
}

/** The word around the caret, between parentheses. */
function findAlternative(text: string, caret: number, inside: Span): Span {
  let { start } = inside;
  for (let at = inside.start; at < caret; at += 1) {
    if (isSpace(text[at] ?? '')) start = at + 1;
    else if (text[at] === '"') at = findQuoteEnd(text, at) - 1;
  }
  let end = text[start] === '"' ? findQuoteEnd(text, start) : start;
  while (end < inside.end && !isSpace(text[end] ?? '') && text[end] !== ')') end += 1;
  return { start: Math.min(start, caret), end: Math.max(end, caret) };
}

/** What has been typed, without quotes: the closing one may not be there yet. */
const toPrefix = (written: string): string =>
  written.startsWith('"')
    ? (unquote(`${written.replace(/"$/, '')}"`) ?? '')
    : written.replaceAll('"', '');
