import { useEffect } from 'react';
import type { ReactNode } from 'react';
import styles from './screen.module.css';

export interface ScreenProps {
  /** Heading, and title of the page. */
  readonly title: string;
  /** The bar says it already: the heading is for screen readers. */
  readonly isTitleHidden?: boolean;
  /** After the heading: what the screen has in its bar. */
  readonly bar?: ReactNode;
  /** At the end of the bar: range, buttons. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: a bar with its heading, and its content, which scrolls. */
export function Screen({ title, isTitleHidden = false, bar, actions, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · honeyhive`;
  }, [title]);
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        <h1 className={isTitleHidden ? 'visually-hidden' : styles.title}>{title}</h1>
        <div className={styles.middle}>{bar}</div>
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={styles.content}>{children}</div>
    </div>
  );
}
