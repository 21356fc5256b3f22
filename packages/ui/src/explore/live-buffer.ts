/** What a live list knows of a row. */
interface LiveRow {
  readonly event_id: string;
}

/** Live rows, newest first: those that are shown, and those that came while somebody reads. */
export interface LiveBuffer<Row extends LiveRow> {
  readonly shown: readonly Row[];
  readonly waiting: readonly Row[];
  /** Ids of rows that were deleted while somebody read them or what is below them: they go when nobody does. */
  readonly goneIds: readonly string[];
  /** Rows that fell off the end, or that the service left out. */
  readonly droppedCount: number;
}

/** Rows kept, shown and waiting together. */
export const liveCapacity = 5_000;

export const emptyLiveBuffer = { shown: [], waiting: [], goneIds: [], droppedCount: 0 } as const;

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
    ? trim(withoutGone({ ...buffer, shown: [...fresh, ...waiting, ...shown], waiting: [] }), 0)
    : trim({ ...buffer, shown, waiting: [...fresh, ...waiting] }, readTo);
}

/** Shows what has waited. */
export const resume = <Row extends LiveRow>(buffer: LiveBuffer<Row>): LiveBuffer<Row> =>
  buffer.waiting.length + buffer.goneIds.length === 0
    ? buffer
    : withoutGone({ ...buffer, shown: [...buffer.waiting, ...buffer.shown], waiting: [] });

/**
 * Takes deleted rows out; what somebody has in view or above it stays until nobody reads, so that nothing moves.
 *
 * @param readTo as for {@link takeRows}
 */
export function removeRows<Row extends LiveRow>(
  buffer: LiveBuffer<Row>,
  ids: readonly string[],
  readTo: number | null,
): LiveBuffer<Row> {
  const removed = new Set(ids);
  const stays = ({ event_id }: LiveRow) => !removed.has(event_id);
  const inView = buffer.shown.slice(0, readTo ?? 0);
  return {
    ...buffer,
    shown: [...inView, ...buffer.shown.slice(inView.length).filter(stays)],
    waiting: buffer.waiting.filter(stays),
    goneIds: [
      ...buffer.goneIds,
      ...inView.map(({ event_id }) => event_id).filter((id) => removed.has(id)),
    ],
  };
}

function withoutGone<Row extends LiveRow>(buffer: LiveBuffer<Row>): LiveBuffer<Row> {
  if (buffer.goneIds.length === 0) return buffer;
  const gone = new Set(buffer.goneIds);
  return {
    ...buffer,
    shown: buffer.shown.filter(({ event_id }) => !gone.has(event_id)),
    goneIds: [],
  };
}

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
    ...buffer,
    shown: shown.slice(0, shown.length - fromShown),
    waiting: waiting.slice(0, Math.max(0, waiting.length - (excess - fromShown))),
    droppedCount: droppedCount + excess,
  };
}
