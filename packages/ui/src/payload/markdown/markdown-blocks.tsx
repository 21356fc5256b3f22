import type { MarkedToken, Token, Tokens } from 'marked';
import { memo, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import { payloadText } from '../../text/payload.ts';
import { TextView } from '../text/text-view.tsx';
import { useReached } from '../use-reached.ts';
import { CodeBlock } from './code-block.tsx';
import { Inline, plainOf } from './markdown-inline.tsx';
import styles from './markdown.module.css';

/** How many blocks are mounted at once: about three screens; as many more whenever one comes to the end of them. */
const blocksPerStep = 60;

let reader: Promise<typeof import('./read-markdown.ts')> | undefined;

/** Asked for when the first text is shown as markdown; again if it did not come. */
const loadReader = () =>
  (reader ??= import('./read-markdown.ts').catch((error: unknown) => {
    reader = undefined;
    throw error;
  }));

/** A text as markdown, block by block. Suspends until the reader of markdown is there. */
export function MarkdownBlocks({ text }: { readonly text: string }) {
  const { readMarkdown } = use(loadReader());
  const blocks = useMemo(() => readMarkdown(text), [readMarkdown, text]);
  const { count, end } = useReached(blocks?.length ?? 0, blocksPerStep, blocks);
  if (blocks === null) return <TextView text={text} />;
  return (
    <div className={styles.markdown}>
      {blocks.slice(0, count).map((block, index) => (
        <Block key={index} block={block} />
      ))}
      {count < blocks.length && (
        <p ref={end} className={styles.note}>
          {payloadText.blocksShown(count, blocks.length)}
        </p>
      )}
    </div>
  );
}

/** The types that the reader knows are a closed list; extensions could add others, and none are used. */
const Block = memo(function Block({ block }: { readonly block: Token }) {
  return renderBlock(block as MarkedToken);
});

const Blocks = ({ blocks }: { readonly blocks: readonly Token[] }) =>
  blocks.map((block, index) => <Block key={index} block={block} />);

function renderBlock(block: MarkedToken): ReactNode {
  switch (block.type) {
    case 'space':
    case 'def':
      return null;
    case 'code':
      return <CodeBlock code={block.text} language={block.lang ?? null} />;
    case 'heading':
      return <Heading block={block} />;
    case 'hr':
      return <hr className={styles.rule} />;
    case 'blockquote':
      return (
        <blockquote className={styles.quote}>
          <Blocks blocks={block.tokens} />
        </blockquote>
      );
    case 'list':
      return <List list={block} />;
    case 'table':
      return <Table table={block} />;
    case 'html':
      // Markup is text here, whatever it says.
      return <TextView text={block.raw.trimEnd()} look="code" />;
    case 'text':
      return block.tokens ? <Inline tokens={block.tokens} /> : <Inline tokens={[block]} />;
    case 'paragraph':
      return (
        <p dir="auto">
          <Inline tokens={block.tokens} />
        </p>
      );
    default:
      return <TextView text={block.raw} />;
  }
}

/** Headings of a payload are none of the page: they look like it and are left out of its outline. */
function Heading({ block }: { readonly block: Tokens.Heading }) {
  return (
    <p className={styles.heading} data-level={block.depth} dir="auto">
      <Inline tokens={block.tokens} />
    </p>
  );
}

function List({ list }: { readonly list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index} data-task={item.task || undefined}>
      {item.task && (
        <span
          className={styles.task}
          role="img"
          aria-label={payloadText.task(item.checked === true)}
        >
          {item.checked === true ? '☑' : '☐'}
        </span>
      )}
      <Blocks blocks={item.tokens.filter((token) => token.type !== 'checkbox')} />
    </li>
  ));
  const start = typeof list.start === 'number' ? list.start : 1;
  return list.ordered ? (
    <ol className={styles.list} start={start}>
      {items}
    </ol>
  ) : (
    <ul className={styles.list}>{items}</ul>
  );
}

/** What scrolls must be reached by the keyboard. */
const reachable = { tabIndex: 0 } as const;

function Table({ table }: { readonly table: Tokens.Table }) {
  return (
    <div className={styles.tableFrame} role="region" aria-label={tableName(table)} {...reachable}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={index} data-align={cell.align ?? undefined}>
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} data-align={cell.align ?? undefined}>
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const tableName = (table: Tokens.Table): string =>
  table.header.map((cell) => plainOf(cell.tokens)).join(', ');
