import type { MarkedToken, Token } from 'marked';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { MediaView } from '../media/media-view.tsx';
import { toMediaSource } from '../messages/media-source.ts';
import { toSafeLink } from '../text/safe-link.ts';
import { MarkedText } from '../text/marked-text.tsx';
import styles from './markdown.module.css';
import { decodeEntities } from './entities.ts';

/** What stands in a line of markdown. */
export const Inline = ({ tokens }: { readonly tokens: readonly Token[] }) =>
  tokens.map((token, index) => (
    <Fragment key={index}>{renderInline(token as MarkedToken)}</Fragment>
  ));

/** The words of a line, without what they look like. */
export const plainOf = (tokens: readonly Token[]): string =>
  tokens.map((token) => ('text' in token ? String(token.text) : token.raw)).join('');

function renderInline(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Inline tokens={token.tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline tokens={token.tokens} />
        </del>
      );
    case 'codespan':
      return (
        <code className={styles.code}>
          <MarkedText text={token.text} />
        </code>
      );
    case 'br':
      return <br />;
    case 'link':
      return (
        <SafeLink href={token.href}>
          <Inline tokens={token.tokens} />
        </SafeLink>
      );
    case 'image':
      return <MediaView media={toMediaSource(token.href)} name={token.text || null} isImage />;
    case 'escape':
      return token.text;
    case 'text':
      if (token.tokens) return <Inline tokens={token.tokens} />;
      return <MarkedText text={decodeEntities(token.text)} />;
    default:
      return <MarkedText text={token.raw} />;
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
