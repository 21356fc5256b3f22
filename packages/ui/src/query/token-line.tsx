import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { parseQuery } from './parse-query.ts';
import type { Item, Problem } from './query.ts';
import styles from './token-line.module.css';

interface TokenLineProps {
  readonly text: string;
  /** Parts to underline. */
  readonly problems: readonly Problem[];
}

/** The text of a query with its parts marked: lies behind the input, letter under letter. */
export function TokenLine({ text, problems }: TokenLineProps) {
  const items = parseQuery(text);
  return (
    <>
      {items.map((item, index) => (
        <Fragment key={index}>
          {text.slice(items[index - 1]?.at.end ?? 0, item.at.start)}
          <Token text={text} item={item} problems={problems} />
        </Fragment>
      ))}
      {text.slice(items.at(-1)?.at.end ?? 0)}
    </>
  );
}

function Token({ text, item, problems }: TokenLineProps & { readonly item: Item }) {
  const { at, keyAt } = item;
  const wrong = problems.find((one) => one.at.start >= at.start && one.at.end <= at.end);
  const isClause = keyAt.end > keyAt.start;
  const marked = wrong
    ? split(text, at, wrong)
    : [
        <span key="key" className={styles.key}>
          {text.slice(at.start, keyAt.end)}
        </span>,
        text.slice(keyAt.end, at.end),
      ];
  return <span className={isClause ? styles.clause : styles.words}>{marked}</span>;
}

const split = (text: string, at: Item['at'], { at: wrong }: Problem): ReactNode[] => [
  text.slice(at.start, wrong.start),
  <span key="wrong" className={styles.wrong}>
    {text.slice(wrong.start, wrong.end)}
  </span>,
  text.slice(wrong.end, at.end),
];
