import { findBase64Runs, type Base64Run } from './base64-runs.ts';
import { chunkText } from './chunks.ts';

/** A piece of text to lay out by itself, or data within the text. */
export type CutPiece =
  | { kind: 'text'; text: string }
  | { kind: 'base64'; run: Base64Run; data: string };

/** A text as what is laid out piece by piece. Joined, the pieces are the text. */
export function cutText(text: string): CutPiece[] {
  const pieces: CutPiece[] = [];
  let from = 0;
  const pushText = (until: number) => {
    if (until <= from) return;
    const between = text.slice(from, until);
    pieces.push(...chunkText(between).map((chunk) => ({ kind: 'text', text: chunk }) as const));
  };
  for (const run of findBase64Runs(text)) {
    pushText(run.start);
    pieces.push({ kind: 'base64', run, data: text.slice(run.start, run.end) });
    from = run.end;
  }
  pushText(text.length);
  return pieces;
}
