import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it does: its name for everybody, shown as a tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown beside the label in the tooltip: `J`. */
  readonly hotkey?: string;
}

export function IconButton({ label, icon, hotkey, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.button, styles.quiet, styles.icon, rest.className)}
      aria-label={label}
      data-tip={label}
      data-tip-key={hotkey}
    >
      {icon}
    </button>
  );
}
