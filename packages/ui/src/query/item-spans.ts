import type { Span } from './span.ts';

/**
 * Where the items of a query are: runs of text between white space, where white space in quotes or parentheses does not
 * count. What is never closed goes to the end.
 */
export function findItemSpans(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const end = findItemEnd(text, at);
    spans.push({ start: at, end });
    at = end;
  }
  return spans;
}

const depthChanges = new Map([
  ['(', 1],
  [')', -1],
]);

function findItemEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length && (depth > 0 || !isSpace(text[at] ?? ''))) {
    const char = text[at] ?? '';
    depth = Math.max(0, depth + (depthChanges.get(char) ?? 0));
    at = char === '"' ? findQuoteEnd(text, at) : at + 1;
  }
  return at;
}

export const isSpace = (char: string): boolean => /\s/.test(char);

/** The position after the quote that closes the one at `start`; the end of the text when none does. */
export function findQuoteEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
