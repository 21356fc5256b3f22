import type { JsonDocument } from './json-document.ts';

/**
 * Which containers are open: 1 at their index. A tree that is drawn row by row needs no more than this and the columns
 * of its document.
 */
export type OpenFlags = Uint8Array;

/** Containers above this depth are open; 0 leaves all closed. */
export function openToDepth(document: JsonDocument, depth: number): OpenFlags {
  const open = new Uint8Array(document.size);
  for (let index = 0; index < document.size; index += 1) {
    if (document.isContainer(index) && document.depthOf(index) < depth) open[index] = 1;
  }
  return open;
}

/** How deep a document can be opened at first without more than about `rows` rows to look at; at least its root. */
export function fittingDepth(document: JsonDocument, rows: number): number {
  const { depths } = document.columns;
  const perDepth: number[] = [];
  for (const depth of depths) perDepth[depth] = (perDepth[depth] ?? 0) + 1;
  let shown = perDepth[0] ?? 0;
  let depth = 0;
  while (depth + 1 < perDepth.length && shown + (perDepth[depth + 1] ?? 0) <= rows) {
    depth += 1;
    shown += perDepth[depth] ?? 0;
  }
  return Math.max(1, depth);
}

/** The same flags with one container opened or closed, or all within it as well. */
export function setOpen(
  { document, open }: { document: JsonDocument; open: OpenFlags },
  index: number,
  { isOpen, isDeep = false }: { isOpen: boolean; isDeep?: boolean },
): OpenFlags {
  const changed = open.slice();
  const end = isDeep ? document.nextOf(index) : index + 1;
  for (let at = index; at < end; at += 1) {
    if (document.isContainer(at)) changed[at] = isOpen ? 1 : 0;
  }
  return changed;
}

/** The same flags with everything above a value open, so that it has a row. */
export function reveal(document: JsonDocument, open: OpenFlags, index: number): OpenFlags {
  const changed = open.slice();
  for (let at = document.parentOf(index); at >= 0; at = document.parentOf(at)) changed[at] = 1;
  return changed;
}

/** The values that have a row, in order: those whose containers are all open. */
export function visibleRows(document: JsonDocument, open: OpenFlags): Int32Array {
  const rows = new Int32Array(document.size);
  let count = 0;
  let index = 0;
  while (index < document.size) {
    rows[count] = index;
    count += 1;
    index = document.isContainer(index) && open[index] !== 1 ? document.nextOf(index) : index + 1;
  }
  return rows.slice(0, count);
}

/** Which row a value has; -1 for none. Rows ascend. */
export function rowOf(rows: Int32Array, index: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = rows[middle] ?? 0;
    if (found === index) return middle;
    if (found < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
