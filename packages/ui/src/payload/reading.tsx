import styles from './payload.module.css';

/** How far something long has come. */
export function Reading({ percent, label }: { readonly percent: number; readonly label: string }) {
  return (
    <div className={styles.reading}>
      <progress className={styles.progress} max={100} value={percent} aria-label={label} />
      <span>{label}</span>
    </div>
  );
}
