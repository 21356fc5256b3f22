import { useState } from 'react';
import type { ReactNode } from 'react';
import { payloadText } from '../../text/payload.ts';
import styles from './messages.module.css';

/** Longer instructions are folded: they are the same in every call, and rarely what one came to read. */
export const longestUnfolded = 12;

/** About how many lines a text has, where one line has room for 100 characters. */
export function countLines(text: string): number {
  let lines = 0;
  for (const line of text.split('\n', 10_000)) lines += Math.max(1, Math.ceil(line.length / 100));
  return lines;
}

/** Content of which only the beginning is shown, until one asks for the rest. `text` is what it says. */
export function Foldable({
  text,
  children,
}: {
  readonly text: string;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const lines = countLines(text);
  if (lines <= longestUnfolded) return children;
  return (
    <>
      <div className={isOpen ? undefined : styles.folded}>{children}</div>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? payloadText.fold : payloadText.unfold(lines)}
      </button>
    </>
  );
}
