import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { kitText } from '../text/kit.ts';
import styles from './skeleton.module.css';

/** Shorter waits show nothing: what flickers looks slower than what appears. */
const showAfterMs = 150;

/** Shows its content when the wait has become one. */
export function AfterWait({ children }: { readonly children: ReactNode }) {
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaiting(true), showAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return isWaiting ? children : null;
}

/** Grey bars in the place of what is being loaded. */
export function Skeleton({
  rows = 8,
  label = kitText.loading,
}: {
  readonly rows?: number;
  readonly label?: string;
}) {
  return (
    <AfterWait>
      <div className={styles.skeleton} role="status">
        <span className="visually-hidden">{label}</span>
        {Array.from({ length: rows }, (_, index) => (
          <span
            key={index}
            className={styles.bar}
            style={{ inlineSize: `${88 - ((index * 37) % 46)}%` }}
          />
        ))}
      </div>
    </AfterWait>
  );
}
