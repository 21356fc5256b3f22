/** Rows that were picked, by id. */
export interface RowSelection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: the row that was picked or dropped last. */
  readonly anchor: string | null;
}

export const noSelection: RowSelection = { ids: new Set(), anchor: null };

/** Picks a row, or drops it. */
export function toggleRow({ ids }: RowSelection, id: string): RowSelection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Makes the rows from the anchor to this one as the anchor is; without an anchor only this one is picked. */
export function extendSelection(
  selection: RowSelection,
  id: string,
  order: readonly string[],
): RowSelection {
  const { ids, anchor } = selection;
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return toggleRow(selection, id);
  const isPicked = anchor !== null && ids.has(anchor);
  const next = new Set(ids);
  for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (isPicked) next.add(one);
    else next.delete(one);
  }
  return { ids: next, anchor: id };
}
