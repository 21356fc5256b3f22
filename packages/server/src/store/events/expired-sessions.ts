import type { Expired } from '../../domain/event-store.ts';
import type { EventEngine } from './engine.ts';
import { eventTable } from './event-row.ts';
import { readRows } from './row-binary.ts';
import { SqlScope } from './sql-scope.ts';

/**
 * Deletes the sessions of a project that last changed before an instant, from the disk too.
 *
 * What is stored meanwhile is newer than the instant and stays, whatever its session. Killed half-way, the engine goes on with
 * the rest at the next start: which sessions are meant does not depend on what was deleted of them already.
 */
export async function deleteExpired(
  engine: EventEngine,
  projectId: string,
  before: number,
): Promise<Expired> {
  const counting = new SqlScope();
  const countSql = `SELECT uniqExact(session_id), uniqExact(cityHash64(event_id)) FROM ${eventTable}
    WHERE ${expired(counting, projectId, before)}`;
  const [found] = readRows(await engine.query(counting.statement(countSql)), (cursor) => ({
    sessionCount: cursor.uint64(),
    eventCount: cursor.uint64(),
  }));
  if (!found || found.sessionCount === 0) return { sessionCount: 0, eventCount: 0 };
  const scope = new SqlScope();
  const where = expired(scope, projectId, before);
  await engine.command(
    scope.statement(`ALTER TABLE ${eventTable} DELETE WHERE ${where} SETTINGS mutations_sync = 2`),
  );
  return found;
}

function expired(scope: SqlScope, projectId: string, before: number): string {
  const project = `project_id = ${scope.text(projectId)}`;
  const instant = scope.number(before);
  return `${project} AND updated_at < ${instant} AND session_id IN (
    SELECT session_id FROM ${eventTable} WHERE ${project} GROUP BY session_id HAVING max(updated_at) < ${instant})`;
}
