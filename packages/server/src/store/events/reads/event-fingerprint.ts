import type { EventFingerprint } from '../../../domain/event-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';

const keyOrder = 'project_id, start_hour, session_id, event_id';

/**
 * What the latest versions of the projects' events add up to, tombstones too: the same whether parts are merged or
 * not, and another one after any write. Read from keys, versions and times alone; in the order of keys, so that no
 * table of all ids is held.
 */
export async function readFingerprint(
  engine: EventEngine,
  projectIds: readonly string[],
): Promise<EventFingerprint> {
  const scope = new SqlScope();
  const latest = `SELECT cityHash64(${keyOrder}, max(version), argMax((is_deleted, created_at, updated_at), version)) AS hash
    FROM ${eventTable} WHERE project_id IN (${scope.list(projectIds)}) GROUP BY ${keyOrder}
    SETTINGS optimize_aggregation_in_order = 1`;
  const sql = `SELECT count(), hex(groupBitXor(hash)) FROM (${latest})`;
  const [fingerprint] = readRows(await engine.query(scope.statement(sql)), toFingerprint);
  if (!fingerprint) throw new Error('an aggregation without a row');
  return fingerprint;
}

/** Of a row that is a count and a hash. */
export const toFingerprint = (cursor: RowBinaryCursor): EventFingerprint => ({
  count: cursor.uint64(),
  hash: cursor.string(),
});
