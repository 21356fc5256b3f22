import { CircleAlert, FilterX, Inbox, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { kitText } from '../text/kit.ts';
import { Button } from './button.tsx';
import styles from './states.module.css';

interface StateProps {
  readonly title: string;
  /** What can be done, in a sentence or two. */
  readonly children?: ReactNode;
  /** Buttons and links that do it. */
  readonly actions?: ReactNode;
}

function State({ icon, title, children, actions }: StateProps & { readonly icon: ReactNode }) {
  return (
    <div className={styles.state}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <h2>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** There is nothing at all yet. */
export const EmptyState = (props: StateProps) => <State {...props} icon={<Inbox />} />;

/** There is something, and the filter hides all of it. */
export const FilteredEmpty = (props: StateProps) => <State {...props} icon={<FilterX />} />;

/** It is there, and the key may not see it. */
export const NoPermission = ({ children }: { readonly children?: ReactNode }) => (
  <State icon={<Lock />} title={kitText.noPermission}>
    {children ?? kitText.noPermissionHint}
  </State>
);

export interface ErrorStateProps {
  /** What failed. */
  readonly title?: string;
  readonly error: unknown;
  /** Tries again. */
  readonly onRetry?: () => void;
  /** Default `Try again`. */
  readonly retryLabel?: string;
}

/** It could not be shown; stays until it can. */
export function ErrorState({
  title = kitText.failed,
  error,
  onRetry,
  retryLabel = kitText.retry,
}: ErrorStateProps) {
  return (
    <div role="alert">
      <State
        icon={<CircleAlert className={styles.error} />}
        title={title}
        actions={onRetry && <Button onClick={onRetry}>{retryLabel}</Button>}
      >
        {describeError(error)}
      </State>
    </div>
  );
}

/** The same in one line, above what is still shown. */
export function InlineError({ title = kitText.failed, error, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className={styles.inline}>
      <CircleAlert className={styles.error} aria-hidden />
      <span className={styles.message}>
        <strong>{title}</strong> {describeError(error)}
      </span>
      {onRetry && <Button onClick={onRetry}>{kitText.retry}</Button>}
    </div>
  );
}

/** What an error says to people. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
