import { Suspense, useMemo } from 'react';
import { payloadText } from '../../text/payload.ts';
import { findMarkdownObstacle } from '../text/markdown-guard.ts';
import { TextView } from '../text/text-view.tsx';
import { MarkdownBlocks } from './markdown-blocks.tsx';
import styles from './markdown.module.css';

/**
 * A text as markdown. Markup in it stays text, links lead only to the web and to mail, images are links. What is too
 * long or too deep for that is shown as it is, with a note.
 */
export function MarkdownView({ text }: { readonly text: string }) {
  const obstacle = useMemo(() => findMarkdownObstacle(text), [text]);
  if (obstacle !== null) {
    return (
      <>
        <p className={styles.note}>{payloadText.markdownObstacle[obstacle]}</p>
        <TextView text={text} />
      </>
    );
  }
  return (
    <Suspense fallback={<TextView text={text} />}>
      <MarkdownBlocks text={text} />
    </Suspense>
  );
}
