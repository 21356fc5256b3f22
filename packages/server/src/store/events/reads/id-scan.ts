import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { hoursSql } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import type { HourCount } from '../sql/list-window.ts';
import { readRows } from '../engine/row-binary.ts';

/** Rows whose digests one query returns, about: 8 bytes each, and as much again while they are copied. */
const rowsPerSlice = 250_000;

/**
 * Reads a digest of the ids of every row: the first 8 bytes of SHA-256 over `project_id`, a newline, `event_id`.
 * In slices by hours, not by part: parts are merged away while this runs, rows of an hour are not.
 */
export async function scanIds(
  engine: EventEngine,
  onDigests: (digests: Buffer) => void,
): Promise<void> {
  const sql = `SELECT start_hour, count() FROM ${eventTable} GROUP BY start_hour ORDER BY start_hour`;
  const hours = readRows(await engine.query({ sql }), (cursor) => ({
    hour: cursor.int64(),
    rowCount: cursor.uint64(),
  }));
  for (const slice of toSlices(hours)) {
    const digests = `SELECT reinterpretAsUInt64(substring(SHA256(concat(project_id, '\\n', event_id)), 1, 8)) FROM ${eventTable} WHERE ${hoursSql([slice])}`;
    onDigests(await engine.query({ sql: digests }));
  }
}

/** Ranges that hold a slice's rows each, or one hour. */
function toSlices(hours: readonly HourCount[]): HourRange[] {
  const slices: HourRange[] = [];
  let rowCount = 0;
  for (const { hour, rowCount: added } of hours) {
    const open = rowCount > 0 && rowCount + added <= rowsPerSlice ? slices.pop() : undefined;
    slices.push({ first: open?.first ?? hour, last: hour });
    rowCount = open ? rowCount + added : added;
  }
  return slices;
}
