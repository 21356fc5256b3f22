import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-input.module.css';

/** A choice out of a list, which looks like a line to write in; how wide it is says its class. */
export const Select = ({ className, ...rest }: ComponentProps<'select'>) => (
  <select {...rest} className={classNames(styles.input, className)} />
);
