import { CopyButton } from '../../kit/copy-button.tsx';
import { payloadText } from '../../text/payload.ts';
import { TextView } from '../text/text-view.tsx';
import styles from './markdown.module.css';

/** A block of code, to be copied. It scrolls within itself. */
export function CodeBlock({
  code,
  language,
}: {
  readonly code: string;
  readonly language: string | null;
}) {
  const [name] = (language ?? '').split(/\s/);
  return (
    <figure className={styles.block}>
      <div className={styles.blockBar}>
        <span>{name}</span>
        <CopyButton text={code} label={payloadText.copyCode} />
      </div>
      <div className={styles.blockCode}>
        <TextView text={code} look="code" />
      </div>
    </figure>
  );
}
