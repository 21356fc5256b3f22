import type { MarkdownBlock, MarkdownContent } from './markdown.ts';

const letter = /\p{L}/u;
const rightToLeft = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u;

/**
 * The direction that the first letter of a list, quote or table has: bullets, bars and columns stand on its side. The
 * browser's own `dir="auto"` leaves out paragraphs that have one themselves, and so most of what is in a list.
 */
export function directionOf(block: MarkdownBlock): 'ltr' | 'rtl' | undefined {
  const first = firstLetter(block);
  if (first === null) return undefined;
  return rightToLeft.test(first) ? 'rtl' : 'ltr';
}

function firstLetter(block: MarkdownBlock): string | null {
  if ('content' in block) return letterOf(block.content);
  if ('header' in block) return firstOf(block.header.cells, ({ content }) => letterOf(content));
  if ('items' in block) return firstOf(block.items, ({ blocks }) => firstOf(blocks, firstLetter));
  return 'blocks' in block ? firstOf(block.blocks, firstLetter) : null;
}

const letterOf = (content: MarkdownContent): string | null =>
  firstOf(content, (inline) => {
    if ('content' in inline) return letterOf(inline.content);
    return inline.kind === 'text' ? (letter.exec(inline.text)?.[0] ?? null) : null;
  });

function firstOf<T>(items: readonly T[], find: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
