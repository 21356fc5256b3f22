import type { ReactNode } from 'react';

/** A row of a menu. */
export type MenuItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind?: 'item';
      readonly label: string;
      readonly onSelect: () => void;
      readonly icon?: ReactNode;
      /** Of one that can be on: whether it is. Leave it out for one that does something. */
      readonly isChecked?: boolean;
      readonly isDisabled?: boolean;
      readonly look?: 'danger';
      /** Shown at the end: `$mod+k`. */
      readonly keys?: string;
    };
