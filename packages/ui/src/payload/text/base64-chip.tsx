import { Binary, Image } from 'lucide-react';
import { useState } from 'react';
import { isThumbnail } from 'honeyhive-facts/messages';
import { ChipButton } from '../../kit/chip.tsx';
import { payloadText } from '../../text/payload.ts';
import { Thumbnail } from '../media/thumbnail.tsx';
import type { Base64Run } from './base64-runs.ts';
import { chunkText } from './chunks.ts';
import styles from './text-view.module.css';

/**
 * Data that nobody reads as text: what they are and how much. Opens to the image that they are, or to the characters.
 */
export function Base64Chip({ run, data }: { readonly run: Base64Run; readonly data: string }) {
  const [isOpen, setOpen] = useState(false);
  const uri = data.startsWith('data:') ? data : `data:${run.mediaType ?? ''};base64,${data}`;
  const isImage = isThumbnail(uri);
  return (
    <div className={styles.data}>
      <ChipButton
        icon={isImage ? <Image aria-hidden /> : <Binary aria-hidden />}
        aria-expanded={isOpen}
        title={isOpen ? payloadText.hideCharacters : payloadText.showCharacters}
        onClick={() => setOpen(!isOpen)}
      >
        {payloadText.bytes(run.mediaType, run.bytes)}
      </ChipButton>
      {isOpen && isImage && <Thumbnail uri={uri} />}
      {isOpen && !isImage && (
        <div className={styles.characters}>
          {chunkText(data).map((chunk, index) => (
            <div key={index} className={styles.deferred}>
              {chunk}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
