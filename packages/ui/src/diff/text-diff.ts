import { diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of a line; changed ones have no counterpart on the other side. */
export interface DiffPiece {
  text: string;
  isChanged: boolean;
}

/** A line of one text or of both, without its end. Numbers count from 1; null where the text has no such line. */
export interface DiffRow {
  kind: 'same' | 'removed' | 'added';
  before: number | null;
  after: number | null;
  pieces: DiffPiece[];
}

export interface TextDiff {
  rows: DiffRow[];
  /** false: the texts have so little in common that they are only laid one behind the other. */
  isExact: boolean;
}

/** Maximum number of differing lines for the search of common lines, whose cost is quadratic. */
const mostLineEdits = 2000;
/** The same for the words of one line. */
const mostWordEdits = 1000;

const linesOf = (text: string) => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};
const whole = (text: string): DiffPiece[] => [{ text, isChanged: false }];

/** What changed between two texts, by line, and within lines that stand for each other by word. */
export function diffText(before: string, after: string): TextDiff {
  const changes = diffLines(before, after, {
    maxEditLength: mostLineEdits,
    ignoreNewlineAtEof: true,
  });
  const rows: DiffRow[] = [];
  const at = { before: 0, after: 0 };
  let removed: string[] = [];
  const flush = (added: string[]) => {
    rows.push(...diffBlock(removed, added, at));
    removed = [];
  };
  for (const change of changes ?? []) {
    const lines = linesOf(change.value);
    if (change.removed) removed = lines;
    else if (change.added) flush(lines);
    else {
      flush([]);
      for (const text of lines) {
        rows.push({ kind: 'same', before: ++at.before, after: ++at.after, pieces: whole(text) });
      }
    }
  }
  flush([]);
  if (changes) return { rows, isExact: true };
  return { rows: laidBehind(linesOf(before), linesOf(after)), isExact: false };
}

function laidBehind(before: string[], after: string[]): DiffRow[] {
  return [
    ...before.map((text, at) => toRow('removed', at + 1, whole(text))),
    ...after.map((text, at) => toRow('added', at + 1, whole(text))),
  ];
}

const toRow = (kind: 'removed' | 'added', line: number, pieces: DiffPiece[]): DiffRow => ({
  kind,
  before: kind === 'removed' ? line : null,
  after: kind === 'added' ? line : null,
  pieces,
});

/** Lines that went and lines that came in their place. As many as there are of both are compared by word. */
function diffBlock(
  removed: string[],
  added: string[],
  at: { before: number; after: number },
): DiffRow[] {
  const pairs = removed.map((text, index) => {
    const other = added[index];
    return other === undefined ? null : diffWords(text, other);
  });
  return [
    ...removed.map((text, index) =>
      toRow('removed', ++at.before, pairs[index]?.before ?? whole(text)),
    ),
    ...added.map((text, index) => toRow('added', ++at.after, pairs[index]?.after ?? whole(text))),
  ];
}

/** The pieces of both lines; null when they share too little for that to help. */
function diffWords(
  before: string,
  after: string,
): { before: DiffPiece[]; after: DiffPiece[] } | null {
  const changes = diffWordsWithSpace(before, after, { maxEditLength: mostWordEdits });
  const shared = (changes ?? []).filter(({ added, removed }) => !added && !removed);
  const sharedLength = shared.reduce((sum, { value }) => sum + value.trim().length, 0);
  if (!changes || sharedLength * 4 < Math.max(before.length, after.length)) return null;
  const side = (leftOut: 'added' | 'removed', own: 'added' | 'removed') =>
    changes
      .filter((change) => !change[leftOut])
      .map((change) => ({ text: change.value, isChanged: change[own] }));
  return { before: side('added', 'removed'), after: side('removed', 'added') };
}

/** A row, or rows that are the same on both sides and not near a change. */
export type FoldedRow = { kind: 'row'; row: DiffRow } | { kind: 'fold'; rows: DiffRow[] };

/** Folds what is the same, but for `context` rows around each change. What would hide one row is not folded. */
export function foldSame(rows: readonly DiffRow[], context = 3): FoldedRow[] {
  const isNear = new Uint8Array(rows.length);
  for (const [index, row] of rows.entries()) {
    if (row.kind !== 'same') {
      isNear.fill(1, Math.max(0, index - context), Math.min(rows.length, index + context + 1));
    }
  }
  const folded: FoldedRow[] = [];
  let hidden: DiffRow[] = [];
  const flush = () => {
    if (hidden.length > 1) folded.push({ kind: 'fold', rows: hidden });
    else folded.push(...hidden.map((row) => ({ kind: 'row', row }) as const));
    hidden = [];
  };
  for (const [index, row] of rows.entries()) {
    if (isNear[index] !== 1) {
      hidden.push(row);
      continue;
    }
    flush();
    folded.push({ kind: 'row', row });
  }
  flush();
  return folded;
}
