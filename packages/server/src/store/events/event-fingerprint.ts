import type { EventEngine } from './engine.ts';
import { eventTable } from './event-row.ts';
import { readRows } from './row-binary.ts';
import { SqlScope } from './sql-scope.ts';

const keyOrder = 'project_id, start_hour, session_id, event_id';

/**
 * What the latest versions of the projects' events add up to, tombstones too: the same whether parts are merged or
 * not, and another one after any write. Read from keys, versions and times alone; in the order of keys, so that no
 * table of all ids is held.
 */
export async function readFingerprint(
  engine: EventEngine,
  projectIds: readonly string[],
): Promise<string> {
  const scope = new SqlScope();
  const latest = `SELECT cityHash64(${keyOrder}, max(version), argMax((is_deleted, created_at, updated_at), version)) AS hash
    FROM ${eventTable} WHERE project_id IN (${scope.list(projectIds)}) GROUP BY ${keyOrder}
    SETTINGS optimize_aggregation_in_order = 1`;
  const sql = `SELECT concat(toString(count()), ':', hex(groupBitXor(hash))) FROM (${latest})`;
  const bytes = await engine.query(scope.statement(sql));
  const [fingerprint] = readRows(bytes, (cursor) => cursor.string());
  return fingerprint ?? '';
}
