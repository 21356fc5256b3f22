import { memo } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { payloadText } from '../../text/payload.ts';
import { useIncremental } from '../use-incremental.ts';
import { Base64Chip } from './base64-chip.tsx';
import { chunkCharacters } from './chunks.ts';
import { MarkedText } from './marked-text.tsx';
import { cutText } from './text-pieces.ts';
import styles from './text-view.module.css';

/** How many pieces are mounted with each frame: half a megabyte. */
const piecesPerFrame = 64;

export interface TextViewProps {
  readonly text: string;
  /** `code`: in the type of code, as it stands. Default: as prose. */
  readonly look?: 'prose' | 'code';
}

/**
 * A text of any length, as it is: never as markup. The browser lays out what is seen of it; data in base64 are a chip;
 * what could not be seen is marked.
 */
export function TextView({ text, look = 'prose' }: TextViewProps) {
  const pieces = useIncremental(() => cutText(text), piecesPerFrame, text);
  if (text === '') return <p className={styles.empty}>{payloadText.emptyText}</p>;
  return (
    <div className={classNames(styles.text, styles[look])}>
      {pieces.map((piece, index) =>
        piece.kind === 'text' ? (
          <Chunk key={index} text={piece.text} />
        ) : (
          <Base64Chip key={index} run={piece.run} data={piece.data} />
        ),
      )}
    </div>
  );
}

const Chunk = memo(function Chunk({ text }: { readonly text: string }) {
  const isLarge = text.length > chunkCharacters / 4;
  return (
    <div className={classNames(styles.chunk, isLarge && styles.deferred)} dir="auto">
      <MarkedText text={text} />
    </div>
  );
});
