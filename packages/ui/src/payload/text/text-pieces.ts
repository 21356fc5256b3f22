import { findBase64Run, type Base64Run } from './base64-runs.ts';
import { chunkText, safeCut } from './chunks.ts';

/** A chunk of text to lay out independently, or data within the text. */
export type CutPiece =
  | { kind: 'text'; text: string }
  | { kind: 'base64'; run: Base64Run; data: string };

/** How much of a text is looked at before its first piece is given. */
const stretch = 256 * 1024;

/** A text as what is laid out piece by piece: joined, the pieces are the text. It is looked at as they are taken. */
export function* cutText(text: string): Generator<CutPiece> {
  let from = 0;
  while (from < text.length) {
    const { run, end } = findBase64Run(text, from, from + stretch);
    const textEnd = run ? run.start : Math.max(from + 1, safeCut(text, end));
    if (textEnd > from) {
      for (const chunk of chunkText(text.slice(from, textEnd))) yield { kind: 'text', text: chunk };
    }
    if (run) yield { kind: 'base64', run, data: text.slice(run.start, run.end) };
    from = run ? run.end : textEnd;
  }
}
