import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeEntities } from './entities.ts';
import type {
  MarkdownBlock,
  MarkdownContent,
  MarkdownInline,
  MarkdownItem,
  MarkdownRow,
} from './markdown.ts';

/** Deeper nesting is not writing, and each level is an element within an element. */
export const deepestMarkdown = 100;

/** Thrown for what is nested deeper than {@link deepestMarkdown}. */
export class NestedTooDeep extends Error {}

/** What the reader found, as what is drawn: no source text in it, and references to characters decoded. */
export function toBlocks(tokens: readonly Token[], depth = 0): MarkdownBlock[] {
  if (depth > deepestMarkdown) throw new NestedTooDeep();
  // The reader's types are a closed list; only extensions add others, and none are used.
  return tokens.flatMap((token) => toBlock(token as MarkedToken, depth + 1) ?? []);
}

function toBlock(token: MarkedToken, depth: number): MarkdownBlock | null {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    case 'code':
      return { kind: 'code', code: token.text, language: token.lang ?? null };
    case 'heading':
      return { kind: 'heading', level: token.depth, content: toContent(token.tokens, depth) };
    case 'hr':
      return { kind: 'rule' };
    case 'blockquote':
      return { kind: 'quote', blocks: toBlocks(token.tokens, depth) };
    case 'list':
      return {
        kind: 'list',
        start: token.ordered ? toStart(token.start) : null,
        items: token.items.map((item) => toItem(item, depth)),
      };
    case 'table':
      return {
        kind: 'table',
        align: token.align,
        header: toRow(token.header, depth),
        rows: token.rows.map((row) => toRow(row, depth)),
      };
    case 'html':
      return { kind: 'markup', text: token.raw.trimEnd() };
    case 'text':
      return { kind: 'line', content: toContent(token.tokens ?? [token], depth) };
    case 'paragraph':
      return { kind: 'paragraph', content: toContent(token.tokens, depth) };
    default:
      return { kind: 'line', content: toContent([token], depth) };
  }
}

const toStart = (start: number | ''): number => (start === '' ? 1 : start);

const toItem = (item: Tokens.ListItem, depth: number): MarkdownItem => ({
  isDone: item.task ? item.checked === true : null,
  blocks: toBlocks(item.tokens, depth),
});

const toRow = (cells: readonly Tokens.TableCell[], depth: number): MarkdownRow => ({
  cells: cells.map((cell) => ({ content: toContent(cell.tokens, depth) })),
});

function toContent(tokens: readonly Token[], depth: number): MarkdownContent {
  if (depth > deepestMarkdown) throw new NestedTooDeep();
  return tokens.flatMap((token) => toInline(token as MarkedToken, depth + 1));
}

function toInline(token: MarkedToken, depth: number): MarkdownInline | MarkdownContent {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return { kind: token.type, content: toContent(token.tokens, depth) };
    case 'codespan':
      return { kind: 'code', text: token.text };
    case 'br':
      return { kind: 'break' };
    case 'link':
      return { kind: 'link', href: token.href, content: toContent(token.tokens, depth) };
    case 'image':
      return { kind: 'image', href: token.href, name: token.text || null };
    case 'escape':
      return { kind: 'text', text: token.text };
    case 'text':
      if (token.tokens) return toContent(token.tokens, depth);
      return { kind: 'text', text: decodeEntities(token.text) };
    default:
      return { kind: 'text', text: token.raw };
  }
}
