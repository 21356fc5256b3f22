// A chunk of its own, for it brings the reader of markdown.
import { Lexer } from 'marked';
import type { Token } from 'marked';

/**
 * The blocks of a text. Null when the reader gave up: it calls itself for each level, and what the guard let through may
 * still be too much for a small stack.
 */
export function readMarkdown(text: string): Token[] | null {
  try {
    return new Lexer({ gfm: true, breaks: true }).lex(text);
  } catch {
    // Whatever it stumbled over, the text is there and can be shown as it is.
    return null;
  }
}
