/**
 * What the parts of a table say of writes to it. Each insert makes a part with the next block number; a merge makes one
 * of adjacent parts, whose range of blocks has theirs; a mutation makes each part again, with its number at the end of
 * the name. Source: ClickHouse documentation, "MergeTree", and `MergeTreePartInfo.h`.
 */
export interface Part {
  readonly name: string;
  /** Tells a part from one that had the same name before its server lost it. */
  readonly modifiedAt: number;
  readonly rowCount: number;
}

/** Parts of a moment. */
export interface KnownParts {
  readonly parts: readonly Part[];
  /** Number of the last block that was ever seen. */
  readonly lastBlock: number;
}

export const noParts: KnownParts = { parts: [], lastBlock: -1 };

export interface PartChanges {
  readonly now: KnownParts;
  /** Whether rows may be gone, or other than they were. */
  readonly areOthersStale: boolean;
  /** Parts with new rows, and possibly with known ones. */
  readonly added: readonly Part[];
}

interface Blocks {
  readonly first: number;
  readonly last: number;
  /** Number of the last mutation; 0 for none. */
  readonly mutation: number;
}

/** `all_1_20_3`, or after mutations `all_1_20_3_25`. */
function blocksOf({ name }: Part): Blocks {
  const [, first, last, , mutation] = name.split('_').map(Number);
  return { first: first ?? 0, last: last ?? Infinity, mutation: mutation ?? 0 };
}

const isInside = (inner: Blocks, outer: Blocks): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

/** Mutations with a higher number have yet to be done. */
const isBefore = ({ first, mutation }: Blocks, other: number): boolean =>
  Math.max(first, mutation) < other;

const identityOf = ({ name, modifiedAt }: Part): string => `${name} ${modifiedAt}`;

/** What changed between two moments, of a table without partitions on one server. Pure. */
export function compareParts(known: KnownParts, parts: readonly Part[]): PartChanges {
  const before = new Set(known.parts.map(identityOf));
  const after = new Set(parts.map(identityOf));
  const made = parts.filter((part) => !before.has(identityOf(part)));
  const gone = known.parts.filter((part) => !after.has(identityOf(part)));
  const blocks = made.map(blocksOf);
  const isLost = (part: Part): boolean => {
    if (made.some(({ name }) => name === part.name)) return true;
    const of = blocksOf(part);
    const inside = blocks.find((each) => isInside(of, each));
    return inside === undefined || isBefore(of, inside.mutation);
  };
  return {
    now: {
      parts,
      lastBlock: Math.max(known.lastBlock, ...parts.map((each) => blocksOf(each).last)),
    },
    areOthersStale: gone.some(isLost),
    added: made.filter((part) => blocksOf(part).last > known.lastBlock),
  };
}
