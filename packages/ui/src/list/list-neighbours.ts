interface ListedRow {
  readonly event_id: string;
}

/** Rows from the end of what is loaded at which the next page is asked for. */
const loadBefore = 3;

export interface Neighbours<Row> {
  readonly previous: Row | null;
  readonly next: Row | null;
  /** From 0; -1 if the row is not in the list. */
  readonly index: number;
  /** The end of what is loaded is near. */
  readonly isNearEnd: boolean;
}

/** The rows before and after one. */
export function findNeighbours<Row extends ListedRow>(
  rows: readonly Row[],
  id: string,
): Neighbours<Row> {
  const index = rows.findIndex(({ event_id }) => event_id === id);
  if (index < 0) return { previous: null, next: null, index, isNearEnd: false };
  return {
    previous: rows[index - 1] ?? null,
    next: rows[index + 1] ?? null,
    index,
    isNearEnd: index >= rows.length - loadBefore,
  };
}
