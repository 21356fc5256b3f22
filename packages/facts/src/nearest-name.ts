/**
 * Letters to insert, delete, replace or swap with the next one to get from one word to the other (optimal string
 * alignment).
 */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? (i < 0 || j < 0 ? Infinity : 0);
  for (let i = 0; i <= from.length; i += 1) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= to.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Infinity;
      const least = Math.min(replaced, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1);
      row.push(i + j === 0 ? 0 : least);
    }
  }
  return at(from.length, to.length);
}

const plain = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();

/**
 * The known name that was most likely meant, for "did you mean …?"; null when none is near.
 *
 * Case, `_` and `-` are ignored. Near: at most a third of the longer name's letters differ, or the known name starts
 * with the given one. A more distant suggestion would only confuse.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = plain(name);
  if (wanted.length < 2) return null;
  let best: { name: string; distance: number } | null = null;
  for (const candidate of known) {
    const other = plain(candidate);
    const distance = editDistance(wanted, other);
    const isPrefix = wanted.length >= 3 && other.startsWith(wanted);
    const isNear = isPrefix || distance <= Math.max(wanted.length, other.length) / 3;
    if (isNear && (best === null || distance < best.distance)) best = { name: candidate, distance };
  }
  return best?.name ?? null;
}
