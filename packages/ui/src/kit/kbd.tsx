import styles from './kbd.module.css';
import { nameKeys } from './key-names.ts';

import { isMac } from './is-mac.ts';

/** A key or several to press. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {nameKeys(keys, isMac).map((key, index) => (
        <kbd key={index} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
