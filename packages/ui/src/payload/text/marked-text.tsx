import { useMemo } from 'react';
import { payloadText } from '../../text/payload.ts';
import { markInvisible, spell, spellInvisible } from '../../format/invisible.ts';
import styles from './marked-text.module.css';

/** More marks than these in one text are spelled out instead of having an element each. */
const mostMarks = 100;

/** A text in which everything can be seen. */
export function MarkedText({ text }: { readonly text: string }) {
  const pieces = useMemo(() => markInvisible(text), [text]);
  if (pieces.length === 1 && pieces[0]?.kind === 'text') return text;
  if (pieces.length > 2 * mostMarks) return spellInvisible(text);
  return pieces.map((piece, index) =>
    piece.kind === 'text' ? (
      piece.text
    ) : (
      <span
        key={index}
        className={styles.mark}
        title={payloadText.mark(piece.name, piece.code, piece.count)}
      >
        {spell(piece)}
      </span>
    ),
  );
}
