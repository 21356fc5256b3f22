/** Which rows of a list of equal height are near what is seen of it. */
export interface RowWindow {
  /** First row to draw. */
  first: number;
  /** Row behind the last to draw. */
  end: number;
}

export interface WindowInput {
  rowCount: number;
  rowHeight: number;
  /** Distance from the top of what is seen to the top of the list, px; negative once the list was scrolled past. */
  listTop: number;
  /** Height of what is seen, px. */
  viewHeight: number;
}

/** Rows drawn above and below what is seen, so that a step of the wheel shows no gap. */
const overscan = 12;

export function windowOf({ rowCount, rowHeight, listTop, viewHeight }: WindowInput): RowWindow {
  const clamp = (row: number) => Math.max(0, Math.min(rowCount, row));
  const first = clamp(Math.floor(-listTop / rowHeight) - overscan);
  return { first, end: clamp(Math.ceil((viewHeight - listTop) / rowHeight) + overscan) };
}
