const plain = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();

/** The known name that was probably meant: `api_key` → `apiKey`; null when none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = plain(name);
  let best: { name: string; distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(wanted, plain(candidate));
    if (best === null || distance < best.distance) best = { name: candidate, distance };
  }
  if (best === null) return null;
  // A third of the letters may differ; more, and the suggestion would only confuse.
  const letters = Math.max(wanted.length, best.name.length);
  return wanted.length > 1 && best.distance <= Math.floor(letters / 3) ? best.name : null;
}

/** Says that there is no such option, and which one was probably meant. */
export function unknownName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `${name} is not an option${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}

/** Letters to insert, delete or replace to get from one word to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of Array.from(from).entries()) {
    const next = [line + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      const deleted = (row[column + 1] ?? 0) + 1;
      const inserted = (next[column] ?? 0) + 1;
      next.push(Math.min(replaced, deleted, inserted));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
