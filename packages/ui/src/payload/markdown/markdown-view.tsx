import { payloadText } from '../../text/payload.ts';
import { TextView } from '../text/text-view.tsx';
import { MarkdownBlocks } from './markdown-blocks.tsx';
import { useMarkdown } from './use-markdown.ts';
import styles from './markdown.module.css';

/**
 * A text as markdown. Markup in it stays text, links lead only to the web and to mail, images are links. Shown as it is
 * while it is being read, and with a note when it is too long, too deep or too slow for markdown.
 */
export function MarkdownView({ text }: { readonly text: string }) {
  const reading = useMarkdown(text);
  if (reading?.kind === 'read') return <MarkdownBlocks document={reading} text={text} />;
  return (
    <div aria-busy={reading === null}>
      {reading !== null && (
        <p className={styles.note}>{payloadText.markdownObstacle[reading.obstacle]}</p>
      )}
      <TextView text={text} />
    </div>
  );
}
