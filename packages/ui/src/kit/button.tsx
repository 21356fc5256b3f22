import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` at most once on a screen; `danger` for irreversible actions. Default: plain. */
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  /** Before the words. */
  readonly icon?: ReactNode;
  /** Shows that it is at work and takes no further click; keeps the focus. */
  readonly isBusy?: boolean;
}

export function Button({ look = 'plain', icon, isBusy = false, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.button, styles[look], rest.className)}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || rest['aria-disabled']}
      onClick={isBusy ? (event) => event.preventDefault() : rest.onClick}
    >
      {icon}
      {children !== undefined && <span className={styles.label}>{children}</span>}
    </button>
  );
}
