/** What a live list knows of a row. */
interface LiveRow {
  readonly event_id: string;
}

/** Live rows, newest first: those that are shown, and those that came while somebody reads. */
export interface LiveBuffer<Row extends LiveRow> {
  readonly shown: readonly Row[];
  readonly waiting: readonly Row[];
  /** Rows that fell off the end, or that the service left out. */
  readonly droppedCount: number;
}

/** Rows kept, shown and waiting together. */
export const liveCapacity = 5_000;

export const emptyLiveBuffer = { shown: [], waiting: [], droppedCount: 0 } as const;

/**
 * Takes rows in, oldest first as they come. A row that is there already is changed in its place, so that nothing moves;
 * new ones are shown on top, or wait while somebody reads.
 *
 * @param readTo how many of the rows that are shown somebody has in view or above it; null: nobody reads
 */
export function takeRows<Row extends LiveRow>(
  buffer: LiveBuffer<Row>,
  rows: readonly Row[],
  readTo: number | null,
): LiveBuffer<Row> {
  const latest = new Map(rows.map((row) => [row.event_id, row]));
  const replace = (list: readonly Row[]): readonly Row[] =>
    list.some((row) => latest.has(row.event_id))
      ? list.map((row) => latest.get(row.event_id) ?? row)
      : list;
  const shown = replace(buffer.shown);
  const waiting = replace(buffer.waiting);
  for (const { event_id } of [...shown, ...waiting]) latest.delete(event_id);
  const fresh = [...latest.values()].toReversed();
  return readTo === null
    ? trim({ ...buffer, shown: [...fresh, ...waiting, ...shown], waiting: [] }, 0)
    : trim({ ...buffer, shown, waiting: [...fresh, ...waiting] }, readTo);
}

/** Shows what has waited. */
export const resume = <Row extends LiveRow>(buffer: LiveBuffer<Row>): LiveBuffer<Row> =>
  buffer.waiting.length === 0
    ? buffer
    : { ...buffer, shown: [...buffer.waiting, ...buffer.shown], waiting: [] };

/** Counts what the service has left out. */
export const countDropped = <Row extends LiveRow>(
  buffer: LiveBuffer<Row>,
  count: number,
): LiveBuffer<Row> => ({ ...buffer, droppedCount: buffer.droppedCount + count });

/** The oldest go, but of those that somebody reads none: then the oldest of those that wait. */
function trim<Row extends LiveRow>(buffer: LiveBuffer<Row>, readTo: number): LiveBuffer<Row> {
  const { shown, waiting, droppedCount } = buffer;
  const excess = Math.max(0, shown.length + waiting.length - liveCapacity);
  if (excess === 0) return buffer;
  const fromShown = Math.min(excess, Math.max(0, shown.length - readTo));
  return {
    shown: shown.slice(0, shown.length - fromShown),
    waiting: waiting.slice(0, Math.max(0, waiting.length - (excess - fromShown))),
    droppedCount: droppedCount + excess,
  };
}
