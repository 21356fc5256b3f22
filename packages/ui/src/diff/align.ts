import { diffArrays } from 'diff';

/** Two items that stand for each other, or one that has no counterpart. Indexes into the two lists. */
export interface AlignedPair {
  before: number | null;
  after: number | null;
  /** Whether they are equal. */
  isSame: boolean;
}

export interface AlignInput {
  /** What each item is known by; equal prints are equal items. */
  before: readonly string[];
  after: readonly string[];
  /** Whether two different items may be shown as one that changed. */
  canPair: (before: number, after: number) => boolean;
}

/** Looking for the best alignment costs up to the square of this; beyond it lists are laid side by side by index. */
const mostEdits = 2000;

/** Aligns two lists, in order: equal items first, and what is between them as pairs where that makes sense. */
export function align({ before, after, canPair }: AlignInput): AlignedPair[] {
  const changes = diffArrays([...before], [...after], { maxEditLength: mostEdits });
  if (!changes)
    return pairRun({ before: range(0, before.length), after: range(0, after.length) }, canPair);
  const pairs: AlignedPair[] = [];
  let run: Run = { before: [], after: [] };
  let [i, j] = [0, 0];
  for (const { count, added, removed } of changes) {
    if (removed) run.before.push(...range(i, (i += count)));
    else if (added) run.after.push(...range(j, (j += count)));
    else {
      pairs.push(...pairRun(run, canPair));
      run = { before: [], after: [] };
      for (let at = 0; at < count; at += 1) pairs.push({ before: i++, after: j++, isSame: true });
    }
  }
  return [...pairs, ...pairRun(run, canPair)];
}

/** Items between two that are equal. */
interface Run {
  before: number[];
  after: number[];
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

function pairRun({ before, after }: Run, canPair: AlignInput['canPair']): AlignedPair[] {
  const pairs: AlignedPair[] = [];
  let next = 0;
  for (const i of before) {
    const offset = after.slice(next).findIndex((j) => canPair(i, j));
    if (offset < 0) {
      pairs.push({ before: i, after: null, isSame: false });
      continue;
    }
    for (const j of after.slice(next, next + offset)) {
      pairs.push({ before: null, after: j, isSame: false });
    }
    pairs.push({ before: i, after: after[next + offset] ?? null, isSame: false });
    next += offset + 1;
  }
  return [...pairs, ...after.slice(next).map((j) => ({ before: null, after: j, isSame: false }))];
}
