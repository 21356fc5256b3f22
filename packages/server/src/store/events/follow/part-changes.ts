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
  /** Whether a part is gone and nothing has its rows: the table may be another one, whose blocks begin at 1. */
  readonly isReset: boolean;
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
  const holderOf = (part: Part): Blocks | undefined =>
    made.some(({ name }) => name === part.name)
      ? undefined
      : blocks.find((each) => isInside(blocksOf(part), each));
  const isReset = gone.some((part) => part.rowCount > 0 && holderOf(part) === undefined);
  const isMutated = gone.some((part) => isBefore(blocksOf(part), holderOf(part)?.mutation ?? 0));
  const lastBlock = isReset ? noParts.lastBlock : known.lastBlock;
  return {
    now: { parts, lastBlock: Math.max(lastBlock, ...parts.map((each) => blocksOf(each).last)) },
    areOthersStale: isReset || isMutated,
    isReset,
    added: made.filter((part) => blocksOf(part).last > known.lastBlock),
  };
}
