import type { EventEngine } from './engine.ts';
import { eventTable } from './event-row.ts';
import { readRows } from './row-binary.ts';
import { SqlScope } from './sql-scope.ts';

/** Rows whose digests one query returns at the most, about: 8 bytes each. */
const rowsPerSlice = 10_000_000;

/**
 * Reads a digest of the ids of every row: the first 8 bytes of SHA-256 over `project_id`, a newline, `event_id`.
 * In slices by a hash of the id, not by part: parts are merged away while this runs, rows of an id are not.
 */
export async function scanIds(
  engine: EventEngine,
  onDigests: (digests: Buffer) => void,
): Promise<void> {
  const [rowCount = 0] = readRows(
    await engine.query({ sql: `SELECT count() FROM ${eventTable}` }),
    (cursor) => cursor.uint64(),
  );
  const sliceCount = Math.max(1, Math.ceil(rowCount / rowsPerSlice));
  for (let slice = 0; slice < sliceCount; slice += 1) {
    const scope = new SqlScope();
    const where =
      sliceCount === 1
        ? ''
        : `WHERE cityHash64(event_id) % ${scope.number(sliceCount)} = ${scope.number(slice)}`;
    const sql = `SELECT reinterpretAsUInt64(substring(SHA256(concat(project_id, '\\n', event_id)), 1, 8)) FROM ${eventTable} ${where}`;
    onDigests(await engine.query(scope.statement(sql)));
  }
}
