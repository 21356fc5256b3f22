import type { ComponentProps, ReactNode } from 'react';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';

/** What a chip speaks of; the colour repeats what its words or icon say. */
export type ChipTone = 'session' | 'model' | 'tool' | 'chain' | 'error' | 'ok' | 'accent';

interface ChipBase {
  readonly tone?: ChipTone | undefined;
  readonly icon?: ReactNode;
}

export type ChipProps = ChipBase & ComponentProps<'span'>;

/** A small fact. */
export function Chip({ tone, icon, children, className, ...rest }: ChipProps) {
  return (
    <span {...rest} className={classNames(styles.chip, tone && styles[tone], className)}>
      {icon}
      <span className={styles.label}>{children}</span>
    </span>
  );
}

/** A small fact that does something: filters by it, copies it. */
export function ChipButton({
  tone,
  icon,
  children,
  className,
  ...rest
}: ChipBase & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.chip, styles.button, tone && styles[tone], className)}
    >
      {icon}
      <span className={styles.label}>{children}</span>
    </button>
  );
}
