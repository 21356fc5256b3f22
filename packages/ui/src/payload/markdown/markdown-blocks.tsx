import { memo, useMemo, useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { payloadText } from '../../text/payload.ts';
import { TextView } from '../text/text-view.tsx';
import { useReached } from '../use-reached.ts';
import { CodeBlock } from './code-block.tsx';
import { directionOf } from './direction.ts';
import type {
  MarkdownBlock,
  MarkdownContent,
  MarkdownDocument,
  MarkdownItem,
  MarkdownList,
  MarkdownRow,
  MarkdownTable,
} from './markdown.ts';
import { Inline, plainOf } from './markdown-inline.tsx';
import { takeBlocks } from './take-blocks.ts';
import styles from './markdown.module.css';

/** How much is mounted at once, see `takeBlocks`: several screens; as much more each time one nears the end of it. */
const costPerStep = 1500;

interface MarkdownBlocksProps {
  readonly document: MarkdownDocument;
  /** What it was read from. */
  readonly text: string;
}

/**
 * A document, as much of it as was scrolled to. Of one with too many parts the beginning, and all of it as plain text.
 */
export function MarkdownBlocks({ document, text }: MarkdownBlocksProps) {
  const { blocks, cost, isCut } = document;
  const { count, end } = useReached(cost, costPerStep, document);
  const shown = useMemo(() => takeBlocks(blocks, count).blocks, [blocks, count]);
  const [isPlain, setPlain] = useState(false);
  if (isPlain) return <TextView text={text} />;
  return (
    <div className={styles.markdown}>
      <Blocks blocks={shown} />
      {count < cost && (
        <p ref={end} className={styles.note}>
          {payloadText.moreAsYouScroll}
        </p>
      )}
      {count >= cost && isCut && (
        <p className={styles.note}>
          {payloadText.beginningOnly}{' '}
          <Button onClick={() => setPlain(true)}>{payloadText.showAllAsText}</Button>
        </p>
      )}
    </div>
  );
}

const Blocks = ({ blocks }: { readonly blocks: readonly MarkdownBlock[] }) =>
  blocks.map((block, index) => <Block key={index} block={block} />);

const Block = memo(function Block({ block }: { readonly block: MarkdownBlock }) {
  switch (block.kind) {
    case 'code':
      return <CodeBlock code={block.code} language={block.language} />;
    case 'heading':
      return <Heading level={block.level} content={block.content} />;
    case 'rule':
      return <hr className={styles.rule} />;
    case 'quote':
      return (
        <blockquote className={styles.quote} dir={directionOf(block)}>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'list':
      return <List list={block} />;
    case 'table':
      return <Table table={block} />;
    case 'markup':
      // Markup is text here, whatever it says.
      return <TextView text={block.text} look="code" />;
    case 'line':
      return <Inline content={block.content} />;
    case 'paragraph':
      return (
        <p dir="auto">
          <Inline content={block.content} />
        </p>
      );
  }
});

interface HeadingProps {
  readonly level: number;
  readonly content: MarkdownContent;
}

/** Headings of a payload look like those of the page, and are left out of its outline. */
function Heading({ level, content }: HeadingProps) {
  return (
    <p className={styles.heading} data-level={level} dir="auto">
      <Inline content={content} />
    </p>
  );
}

function List({ list }: { readonly list: MarkdownList }) {
  const items = list.items.map((item, index) => <Item key={index} item={item} />);
  const dir = directionOf(list);
  return list.start === null ? (
    <ul className={styles.list} dir={dir}>
      {items}
    </ul>
  ) : (
    <ol className={styles.list} start={list.start} dir={dir}>
      {items}
    </ol>
  );
}

const Item = memo(function Item({ item }: { readonly item: MarkdownItem }) {
  const { isDone, blocks } = item;
  return (
    <li data-task={isDone !== null || undefined}>
      {isDone !== null && (
        <span className={styles.task} role="img" aria-label={payloadText.task(isDone)}>
          {isDone ? '☑' : '☐'}
        </span>
      )}
      <Blocks blocks={blocks} />
    </li>
  );
});

/** What scrolls must be reached by the keyboard. */
const reachable = { tabIndex: 0 } as const;

function Table({ table }: { readonly table: MarkdownTable }) {
  const { align, header, rows } = table;
  return (
    <div className={styles.tableFrame} role="region" aria-label={nameOf(header)} {...reachable}>
      <table className={styles.table} dir={directionOf(table)}>
        <thead>
          <tr>
            {header.cells.map((cell, index) => (
              <th key={index} data-align={align[index] ?? undefined}>
                <Inline content={cell.content} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} row={row} align={align} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly row: MarkdownRow;
  readonly align: MarkdownTable['align'];
}

const Row = memo(function Row({ row, align }: RowProps) {
  return (
    <tr>
      {row.cells.map((cell, index) => (
        <td key={index} data-align={align[index] ?? undefined}>
          <Inline content={cell.content} />
        </td>
      ))}
    </tr>
  );
});

const nameOf = (header: MarkdownRow): string =>
  header.cells.map((cell) => plainOf(cell.content)).join(', ');
