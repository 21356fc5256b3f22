// Brings the reader of markdown: loaded when it is needed, by the page for short texts and by the worker.
import { Lexer } from 'marked';
import { NestedTooDeep, toBlocks } from './from-tokens.ts';
import type { MarkdownReading } from './markdown.ts';
import { takeBlocks } from './take-blocks.ts';

/** How much of a text comes out as markdown, see `takeBlocks`: what the page can be handed and draw. */
export const mostCost = 20_000;

/** Reads a text as markdown. The time that takes may grow with the square of the length. */
export function readMarkdown(text: string): MarkdownReading {
  try {
    const all = toBlocks(new Lexer({ gfm: true, breaks: true }).lex(text));
    const { blocks, cost } = takeBlocks(all, mostCost);
    return { kind: 'read', blocks, cost, isCut: blocks !== all };
  } catch (error) {
    // The reader calls itself for each level, and ends with a RangeError where the stack does.
    const isNested = error instanceof NestedTooDeep || error instanceof RangeError;
    return { kind: 'refused', obstacle: isNested ? 'nested' : 'unreadable' };
  }
}
