import { headOf } from '../text/chunks.ts';
import type {
  MarkdownBlock,
  MarkdownCell,
  MarkdownContent,
  MarkdownInline,
  MarkdownItem,
  MarkdownRow,
} from './markdown.ts';

/** Characters that cost as much to draw as one element. */
const charactersPerCost = 50;
/**
 * Frame, bar and button of a block of code, or of an image. Text in it is drawn piece by piece, whatever its length.
 */
const frameCost = 10;

/** What can still be drawn. One element or 50 characters cost 1. */
interface Budget {
  left: number;
}

export interface TakenBlocks {
  readonly blocks: readonly MarkdownBlock[];
  /** What drawing them costs. */
  readonly cost: number;
}

/**
 * The beginning of a document that costs no more than a budget (and one element or frame at the end). What is taken
 * whole is the same object, so that what was drawn before need not be drawn again.
 */
export function takeBlocks(blocks: readonly MarkdownBlock[], budget: number): TakenBlocks {
  const own: Budget = { left: budget };
  const taken = takeEach(blocks, own, takeBlock);
  return { blocks: taken, cost: budget - own.left };
}

function takeEach<Item>(
  items: readonly Item[],
  budget: Budget,
  take: (item: Item, budget: Budget) => Item,
): readonly Item[] {
  for (const [index, item] of items.entries()) {
    if (budget.left <= 0) return items.slice(0, index);
    budget.left -= 1;
    const taken = take(item, budget);
    if (taken !== item) return [...items.slice(0, index), taken];
  }
  return items;
}

function takeBlock(block: MarkdownBlock, budget: Budget): MarkdownBlock {
  switch (block.kind) {
    case 'rule':
      return block;
    case 'code':
    case 'markup':
      budget.left -= frameCost;
      return block;
    case 'heading':
    case 'paragraph':
    case 'line': {
      const content = takeContent(block.content, budget);
      return content === block.content ? block : { ...block, content };
    }
    case 'quote': {
      const blocks = takeEach(block.blocks, budget, takeBlock);
      return blocks === block.blocks ? block : { ...block, blocks };
    }
    case 'list': {
      const items = takeEach(block.items, budget, takeItem);
      return items === block.items ? block : { ...block, items };
    }
    case 'table': {
      const header = takeRow(block.header, budget);
      const rows = takeEach(block.rows, budget, takeRow);
      return header === block.header && rows === block.rows ? block : { ...block, header, rows };
    }
  }
}

function takeItem(item: MarkdownItem, budget: Budget): MarkdownItem {
  const blocks = takeEach(item.blocks, budget, takeBlock);
  return blocks === item.blocks ? item : { ...item, blocks };
}

function takeRow(row: MarkdownRow, budget: Budget): MarkdownRow {
  const cells = takeEach(row.cells, budget, takeCell);
  return cells === row.cells ? row : { cells };
}

function takeCell(cell: MarkdownCell, budget: Budget): MarkdownCell {
  const content = takeContent(cell.content, budget);
  return content === cell.content ? cell : { content };
}

const takeContent = (content: MarkdownContent, budget: Budget): MarkdownContent =>
  takeEach(content, budget, takeInline);

function takeInline(inline: MarkdownInline, budget: Budget): MarkdownInline {
  switch (inline.kind) {
    case 'break':
      return inline;
    case 'image':
      budget.left -= frameCost;
      return inline;
    case 'text':
    case 'code': {
      const text = takeText(inline.text, budget);
      return text === inline.text ? inline : { ...inline, text };
    }
    default: {
      const content = takeContent(inline.content, budget);
      return content === inline.content ? inline : { ...inline, content };
    }
  }
}

function takeText(text: string, budget: Budget): string {
  const taken = headOf(text, (Math.max(0, budget.left) + 1) * charactersPerCost - 1);
  budget.left -= Math.floor(taken.length / charactersPerCost);
  return taken;
}
