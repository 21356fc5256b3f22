import type { Expired } from '../../../domain/event-store.ts';
import type { Expirable } from '../../../domain/explore-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { withoutWords } from './hour-words.ts';
import type { WordSources } from './hour-words.ts';
import type { HourPlace } from './word-coverage.ts';

/**
 * Deletes the sessions of a project that last changed before an instant, from the disk too.
 *
 * What is stored meanwhile is newer than the instant and stays, whatever its session. Killed half-way, the engine
 * continues with the rest at the next start: which sessions are meant does not depend on what was deleted of them
 * already.
 */
export async function deleteExpired(
  sources: WordSources,
  projectId: string,
  before: number,
): Promise<Expired> {
  const { engine } = sources;
  const { sessionCount, eventCount } = await readExpired(engine, { projectId, before });
  const found = { sessionCount, eventCount };
  if (sessionCount === 0) return found;
  const scope = new SqlScope();
  const where = expired(scope, { projectId, before });
  await alterHours(sources, projectId, { scope, change: 'DELETE', where });
  return found;
}

/** A change of rows of a project, in all parts that have some of them. */
interface Alteration {
  readonly scope: SqlScope;
  readonly change: string;
  readonly where: string;
}

/** Changes rows of some hours for good, and deletes the words of these hours. */
export async function alterHours(
  sources: WordSources,
  projectId: string,
  { scope, change, where }: Alteration,
): Promise<void> {
  const { engine } = sources;
  const hours = `SELECT DISTINCT start_hour FROM ${eventTable} WHERE ${where}`;
  const places = readRows(await engine.query(scope.statement(hours)), (cursor): HourPlace => ({
    projectId,
    hour: cursor.int64(),
  }));
  const sql = `ALTER TABLE ${eventTable} ${change} WHERE ${where} SETTINGS mutations_sync = 2`;
  await withoutWords(sources, places, () => engine.command(scope.statement(sql)));
}

/** What {@link deleteExpired} would delete, and the start of the oldest event of the project. */
export async function readExpired(
  engine: EventEngine,
  { projectId, before }: { projectId: string; before: number },
  signal?: AbortSignal,
): Promise<Expirable> {
  const scope = new SqlScope();
  const project = `project_id = ${scope.text(projectId)}`;
  const sql = `SELECT uniqExact(session_id), uniqExact(cityHash64(event_id)), sum(inputs_bytes + outputs_bytes),
      (SELECT minOrNull(start_time) FROM ${eventTable} WHERE ${project})
    FROM ${eventTable} WHERE ${expired(scope, { projectId, before })}`;
  const [found] = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    sessionCount: cursor.uint64(),
    eventCount: cursor.uint64(),
    payloadBytes: cursor.uint64(),
    oldest: cursor.nullableFloat64(),
  }));
  return found ?? { sessionCount: 0, eventCount: 0, payloadBytes: 0, oldest: null };
}

/** Sessions that changed before an instant last, for SQL. */
export function expired(
  scope: SqlScope,
  { projectId, before }: { readonly projectId: string; readonly before: number },
): string {
  const project = `project_id = ${scope.text(projectId)}`;
  const instant = scope.number(before);
  return `${project} AND updated_at < ${instant} AND session_id IN (
    SELECT session_id FROM ${eventTable} WHERE ${project} GROUP BY session_id HAVING max(updated_at) < ${instant})`;
}
