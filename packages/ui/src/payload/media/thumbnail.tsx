import { useState } from 'react';
import { Dialog } from '../../kit/dialog.tsx';
import { payloadText } from '../../text/payload.ts';
import styles from './media.module.css';

/** An image out of a payload, small; in full size on a click. The address was checked with `isThumbnail`. */
export function Thumbnail({ uri }: { readonly uri: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.thumbnail}
        aria-label={payloadText.showImage}
        onClick={() => setOpen(true)}
      >
        <img src={uri} alt={payloadText.image} decoding="async" loading="lazy" />
      </button>
      {isOpen && (
        <Dialog title={payloadText.image} size="wide" onClose={() => setOpen(false)}>
          <img className={styles.full} src={uri} alt={payloadText.image} />
        </Dialog>
      )}
    </>
  );
}
