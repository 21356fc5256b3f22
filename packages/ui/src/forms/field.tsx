import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './forms.module.css';

/** Ids and labels of the control of a field. */
export interface FieldProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with the value; null when it is right. */
  readonly problem?: string | null;
  readonly children: (props: FieldProps) => ReactNode;
}

/** A control with its label, its explanation and what is wrong with it. */
export function Field({ label, hint, problem = null, children }: FieldOptions) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': problem !== null })}
      <div id={`${id}-hint`} className={styles.hint}>
        {problem !== null && <p className={styles.problem}>{problem}</p>}
        {hint !== undefined && <p>{hint}</p>}
      </div>
    </div>
  );
}
