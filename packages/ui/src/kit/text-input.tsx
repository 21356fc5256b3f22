import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-input.module.css';

export interface TextInputProps extends ComponentProps<'input'> {
  /** For ids and keys: letters of one width, and nobody corrects them. */
  readonly isCode?: boolean;
}

/** A line to write in; how wide it is says its class. */
export const TextInput = ({ isCode = false, className, ...rest }: TextInputProps) => (
  <input
    {...(isCode ? { spellCheck: false, autoComplete: 'off' } : {})}
    {...rest}
    className={classNames(styles.input, isCode && styles.code, className)}
  />
);
