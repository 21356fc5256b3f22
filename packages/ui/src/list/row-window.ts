/** Which rows of a list with rows of one height are in the page. */
export interface RowWindow {
  readonly first: number;
  /** After the last. */
  readonly end: number;
}

/** Rows beyond the edges that are kept ready, so that scrolling by a line or two needs no work. */
const overscan = 6;

/** All in px; `rowCount` may be 0. */
export function findRowWindow({
  scrollTop,
  viewHeight,
  rowHeight,
  rowCount,
}: {
  readonly scrollTop: number;
  readonly viewHeight: number;
  readonly rowHeight: number;
  readonly rowCount: number;
}): RowWindow {
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const bottom = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight);
  const end = Math.min(rowCount, bottom + overscan);
  return { first: Math.max(0, Math.min(top - overscan, end)), end };
}

/** The scroll position nearest to the present one at which a row is wholly in view below what sticks to the top. */
export function scrollToRow(
  row: number,
  {
    scrollTop,
    viewHeight,
    rowHeight,
  }: { readonly scrollTop: number; readonly viewHeight: number; readonly rowHeight: number },
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewHeight);
}
