import { Download } from 'lucide-react';
import { payloadText } from '../text/payload.ts';
import styles from './download-link.module.css';

/** A link that saves a payload as a file. */
export function DownloadLink({ href }: { readonly href: string }) {
  return (
    <a
      className={styles.download}
      href={href}
      download
      aria-label={payloadText.download}
      data-tip={payloadText.download}
    >
      <Download aria-hidden />
    </a>
  );
}
