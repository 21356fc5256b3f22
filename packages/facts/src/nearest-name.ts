/** Letters to insert, delete or replace to get from one word to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, left] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, right] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
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
