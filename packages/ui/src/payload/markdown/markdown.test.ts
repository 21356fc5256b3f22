import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkdownBlock, MarkdownDocument } from './markdown.ts';
import { ReadBudget } from './read-budget.ts';
import { mostCost, readMarkdown } from './read-markdown.ts';
import { ReadingCache } from './reading-cache.ts';
import { takeBlocks } from './take-blocks.ts';

function documentOf(text: string): MarkdownDocument {
  const reading = readMarkdown(text);
  if (reading.kind === 'refused') throw new Error(reading.obstacle);
  return reading;
}
const blocksOf = (text: string): readonly MarkdownBlock[] => documentOf(text).blocks;

/** Code and HTML blocks: their text is drawn piece by piece, whatever its length. */
const isDrawnInPieces = (block: object): boolean =>
  'kind' in block && ('code' in block || block.kind === 'markup');

/** How many objects a document consists of, and how long the longest text is that is drawn at once. */
function sizeOf(value: unknown): { objects: number; longest: number } {
  if (typeof value === 'string') return { objects: 0, longest: value.length };
  if (typeof value !== 'object' || value === null) return { objects: 0, longest: 0 };
  if (isDrawnInPieces(value)) return { objects: 1, longest: 0 };
  return Object.values(value)
    .map(sizeOf)
    .reduce(
      (sum, { objects, longest }) => ({
        objects: sum.objects + objects,
        longest: Math.max(sum.longest, longest),
      }),
      { objects: Array.isArray(value) ? 0 : 1, longest: 0 },
    );
}

const pieces = [
  '# a\n\n',
  '- a\n',
  '  - [x] b\n',
  '1. c\n\n',
  '> q\n',
  '|a|b|\n|-|:-:|\n|c|d|\n|e|f|\n',
  '**bold** ',
  '*em `code`* ',
  '[a ~~b~~](https://x.test) ',
  '![i](https://x.test/i.png)',
  '&lt;b&gt; <b>\n\n',
  '```js\ncode\n```\n',
  '---\n',
  `${'word '.repeat(80)}\n\n`,
  'line\n',
];
const someMarkdown = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 60 })
  .map((chosen) => chosen.join(''));

describe('markdown', () => {
  test('is read into what is drawn', () => {
    expect(blocksOf('# A *b*\n\n- [x] c\n\n7. d\n\n|e|\n|:-:|\n|&lt;|\n\n<i>\n')).toEqual([
      {
        kind: 'heading',
        level: 1,
        content: [
          { kind: 'text', text: 'A ' },
          { kind: 'em', content: [{ kind: 'text', text: 'b' }] },
        ],
      },
      {
        kind: 'list',
        start: null,
        items: [
          { isDone: true, blocks: [{ kind: 'line', content: [{ kind: 'text', text: 'c' }] }] },
        ],
      },
      {
        kind: 'list',
        start: 7,
        items: [
          { isDone: null, blocks: [{ kind: 'line', content: [{ kind: 'text', text: 'd' }] }] },
        ],
      },
      {
        kind: 'table',
        align: ['center'],
        header: { cells: [{ content: [{ kind: 'text', text: 'e' }] }] },
        rows: [{ cells: [{ content: [{ kind: 'text', text: '<' }] }] }],
      },
      { kind: 'markup', text: '<i>' },
    ]);
  });

  test.each([
    ['1,000 quotes in each other', `${'> '.repeat(1000)}a`],
    ['200 lists in each other on one line', `${'1. '.repeat(200)}a`],
    [
      '300 lists in each other',
      Array.from({ length: 300 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n'),
    ],
    ['quotes beyond the stack', `${'>'.repeat(9000)}a`],
  ])('is refused for %s', (_, text) => {
    expect(readMarkdown(text)).toEqual({ kind: 'refused', obstacle: 'nested' });
  });

  test.each([
    ['a table of 20,000 rows', `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(20_000)}`],
    ['a list of 30,000 items', '- a\n'.repeat(30_000)],
    ['a list in a quote', `> - a\n${'> - b\n'.repeat(20_000)}`],
    ['30,000 words in emphasis', '*a*\n\n'.repeat(30_000)],
    ['20,000 blocks of code', '```\n```\n'.repeat(18_000)],
    ['a header of 20,000 cells', `${'|a'.repeat(20_000)}|\n${'|-'.repeat(20_000)}|\n`],
  ])('comes out cut, and small, of %s', (_, text) => {
    const { blocks, cost, isCut } = documentOf(text);

    expect(isCut).toBe(true);
    expect(cost).toBeLessThan(mostCost + 100);
    expect(sizeOf(blocks).objects).toBeLessThan(3 * mostCost);
  });
});

describe('the beginning of a document', () => {
  test('has a block of code whole, however long: it is drawn piece by piece', () => {
    const block = `\`\`\`js\n${'word '.repeat(1000)}\n\`\`\`\n`;

    expect(takeBlocks(blocksOf(block), 1).blocks).toEqual(blocksOf(block));
  });

  test('costs no more than its budget, but for the last element', () => {
    fc.assert(
      fc.property(someMarkdown, fc.integer({ min: 1, max: 300 }), (text, budget) => {
        const { blocks, cost } = takeBlocks(blocksOf(text), budget);

        expect(cost).toBeLessThanOrEqual(budget + 10);
        // An element costs 1 and comes with at most two objects more: the cell and the text within it cost their own.
        const { objects, longest } = sizeOf(blocks);
        expect(objects).toBeLessThanOrEqual(3 * budget + 3);
        expect(longest).toBeLessThan((budget + 1) * 50);
      }),
    );
  });

  test('is all of it, as the same objects, for the budget that it says it costs', () => {
    fc.assert(
      fc.property(someMarkdown, (text) => {
        const { blocks, cost, isCut } = documentOf(text);

        expect(isCut).toBe(false);
        expect(takeBlocks(blocks, cost).blocks).toBe(blocks);
      }),
    );
  });

  test('grows with the budget, and what was whole stays the same object', () => {
    fc.assert(
      fc.property(someMarkdown, fc.integer({ min: 1, max: 200 }), (text, budget) => {
        const blocks = blocksOf(text);
        const less = takeBlocks(blocks, budget);
        const more = takeBlocks(blocks, budget * 2);

        expect(more.cost).toBeGreaterThanOrEqual(less.cost);
        for (const [at, block] of less.blocks.slice(0, -1).entries()) {
          expect(more.blocks[at]).toBe(block);
        }
      }),
    );
  });

  test('ends within a text, between two characters as a reader sees them', () => {
    const { blocks } = takeBlocks(blocksOf('👩‍👩‍👧‍👦'.repeat(1000)), 3);

    const { longest } = sizeOf(blocks);
    expect(longest).toBeGreaterThan(60);
    expect(longest % '👩‍👩‍👧‍👦'.length).toBe(0);
  });
});

describe('what the page reads itself', () => {
  test('is bounded by the sum of squares, whatever the lengths, until its next turn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { maxLength: 200 }), (lengths) => {
        const turns: (() => void)[] = [];
        const budget = new ReadBudget((run) => void turns.push(run));

        const granted = lengths.filter((length) => budget.grant(length));

        const squares = granted.reduce((sum, length) => sum + length ** 2, 0);
        expect(squares).toBeLessThanOrEqual(2000 ** 2);
        for (const run of turns) run();
        expect(budget.grant(2000)).toBe(true);
        expect(budget.grant(2000)).toBe(false);
      }),
    );
  });
});

test('recently parsed texts are cached, up to so many characters', () => {
  const cache = new ReadingCache();
  const reading = readMarkdown('a');
  const texts = Array.from({ length: 10 }, (_, at) => `${at}`.repeat(100_000));

  for (const text of texts) {
    cache.set(text, reading);
    cache.get(texts[0] ?? '');
  }

  const kept = texts.filter((text) => cache.get(text) !== null).map((text) => text[0]);
  expect(kept).toEqual(['0', '6', '7', '8', '9']);
});
