/**
 * The number at a place, from 0, of all the numbers of several ascending lists, without merging them: a pivot halves
 * what is left of the longest list, and binary search tells how many of each list are before it.
 */
function selectNumber(lists: readonly Float64Array[], place: number): number {
  const starts = lists.map(() => 0);
  const ends = lists.map(({ length }) => length);
  for (;;) {
    const longest = longestOf(starts, ends);
    const pivot = at(
      lists,
      longest,
      Math.floor(((starts[longest] ?? 0) + (ends[longest] ?? 0)) / 2),
    );
    const below = lists.map((list) => countBelow(list, pivot));
    const upTo = lists.map((list) => countUpTo(list, pivot));
    if (place < sum(below)) narrow(ends, below, Math.min);
    else if (place < sum(upTo)) return pivot;
    else narrow(starts, upTo, Math.max);
  }
}

function longestOf(starts: readonly number[], ends: readonly number[]): number {
  let longest = 0;
  let most = -1;
  for (const [index, end] of ends.entries()) {
    const length = end - (starts[index] ?? 0);
    if (length > most) [longest, most] = [index, length];
  }
  return longest;
}

const at = (lists: readonly Float64Array[], list: number, place: number): number =>
  lists[list]?.[place] ?? Number.NaN;

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, count) => total + count, 0);

function narrow(bounds: number[], counts: readonly number[], pick: typeof Math.min): void {
  for (const [index, count] of counts.entries()) bounds[index] = pick(bounds[index] ?? 0, count);
}

/** How many numbers of an ascending list are smaller. */
export const countBelow = (list: Float64Array, value: number): number =>
  search(list, (one) => one < value);

/** How many are smaller or equal. */
export const countUpTo = (list: Float64Array, value: number): number =>
  search(list, (one) => one <= value);

function search(list: Float64Array, isBefore: (value: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(list[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A percentile of the numbers of ascending lists, interpolated between neighbours in the arithmetic of the engine's
 * `quantileExactInclusive`; null without numbers.
 */
export function quantile(lists: readonly Float64Array[], level: number): number | null {
  const filled = lists.filter(({ length }) => length > 0);
  const count = sum(filled.map(({ length }) => length));
  if (count === 0) return null;
  const rank = level * (count - 1) + 1;
  const place = Math.floor(rank);
  const lower = selectNumber(filled, place - 1);
  if (place >= count) return lower;
  return lower + (rank - place) * (selectNumber(filled, place) - lower);
}
