import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { toMediaSource } from 'honeyhive-facts/messages';
import { MediaView } from '../media/media-view.tsx';
import { toSafeLink } from '../text/safe-link.ts';
import { MarkedText } from '../text/marked-text.tsx';
import type { MarkdownContent, MarkdownInline } from './markdown.ts';
import styles from './markdown.module.css';

/** What stands in a line of markdown. */
export const Inline = ({ content }: { readonly content: MarkdownContent }) =>
  content.map((inline, index) => <Fragment key={index}>{renderInline(inline)}</Fragment>);

/** The words of a line, without what they look like. */
export const plainOf = (content: MarkdownContent): string =>
  content
    .map((inline) => {
      if ('content' in inline) return plainOf(inline.content);
      return 'text' in inline ? inline.text : '';
    })
    .join('');

function renderInline(inline: MarkdownInline): ReactNode {
  switch (inline.kind) {
    case 'strong':
      return (
        <strong>
          <Inline content={inline.content} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline content={inline.content} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline content={inline.content} />
        </del>
      );
    case 'code':
      return (
        <code className={styles.code}>
          <MarkedText text={inline.text} />
        </code>
      );
    case 'break':
      return <br />;
    case 'link':
      return (
        <SafeLink href={inline.href}>
          <Inline content={inline.content} />
        </SafeLink>
      );
    case 'image':
      return <MediaView media={toMediaSource(inline.href)} name={inline.name} isImage />;
    case 'text':
      return <MarkedText text={inline.text} />;
  }
}

/** A link out of stored content; where it may not be followed, its words and its address as text. */
function SafeLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const address = toSafeLink(href);
  if (address === null) {
    return (
      <span>
        {children} <code className={styles.code}>{href}</code>
      </span>
    );
  }
  return (
    <a
      className={styles.link}
      href={address}
      title={address}
      target="_blank"
      rel="noopener noreferrer"
    >
      {children}
    </a>
  );
}
