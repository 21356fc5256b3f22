import type { LightEvent, SessionId, SessionMark } from '../../../domain/explore-store.ts';
import type { SkeletonEvent } from '../../../domain/skeleton.ts';
import type { EventEngine } from '../engine/engine.ts';
import { byIdsAlone, eventTable, toEventType } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { oldestFirst } from '../hours/event-positions.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { lightColumns, readLightEvent } from './light-event.ts';

/** Roots of a session id, one for each of the projects that has such a session. */
export async function readRoots(
  engine: EventEngine,
  { projectIds, sessionId }: { projectIds: readonly string[]; sessionId: string },
): Promise<LightEvent[]> {
  const scope = new SqlScope();
  const id = scope.text(sessionId);
  const where = `project_id IN ${scope.list(projectIds)} AND session_id = ${id} AND event_id = ${id}`;
  const sql = `SELECT ${lightColumns.join(', ')} FROM (SELECT * FROM ${eventTable} WHERE ${where} ORDER BY version DESC LIMIT 1 BY project_id) WHERE is_deleted = 0 ORDER BY project_id ${byIdsAlone}`;
  return readRows(await engine.query(scope.statement(sql)), readLightEvent);
}

const ofSession = ({ projectId, sessionId }: SessionId, scope: SqlScope): string =>
  `project_id = ${scope.text(projectId)} AND session_id = ${scope.text(sessionId)}`;

export async function readSessionMark(
  engine: EventEngine,
  session: SessionId,
): Promise<SessionMark> {
  const scope = new SqlScope();
  const sql = `SELECT count(), sum(version + is_emptied), max(updated_at) FROM ${eventTable} FINAL WHERE ${ofSession(session, scope)} ${byIdsAlone}`;
  const [mark] = readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    eventCount: cursor.uint64(),
    versions: cursor.uint64(),
    updatedAt: cursor.int64(),
  }));
  return mark ?? { eventCount: 0, versions: 0, updatedAt: 0 };
}

const skeletonColumns = [
  'event_id',
  'parent_id',
  'event_type',
  'event_name',
  'model',
  'start_time',
  'duration',
  'has_ended',
  'toUInt8(isNotNull(error))',
  'total_tokens',
  'cost_usd',
  "toUInt8(feedback_kind != '')",
  'version',
  'is_deleted',
  'updated_at',
].join(', ');

const readSkeletonEvent = (cursor: RowBinaryCursor): SkeletonEvent => ({
  eventId: cursor.string(),
  parentId: cursor.nullableString(),
  eventType: toEventType(cursor.string()),
  eventName: cursor.string(),
  model: cursor.string(),
  startTime: cursor.float64(),
  durationMs: cursor.float64(),
  hasEnded: cursor.uint8() === 1,
  hasError: cursor.uint8() === 1,
  totalTokens: cursor.float64(),
  costUsd: cursor.float64(),
  hasFeedback: cursor.uint8() === 1,
  version: cursor.uint64(),
  isDeleted: cursor.uint8() === 1,
  updatedAt: cursor.int64(),
});

/** Events of a session in their order; with `sinceMs`, those stored or changed since, deleted ones among them. */
export async function readSkeleton(
  engine: EventEngine,
  query: SessionId & { sinceMs: number | null; limit: number },
  signal?: AbortSignal,
): Promise<SkeletonEvent[]> {
  const scope = new SqlScope();
  const where = ofSession(query, scope);
  const from =
    query.sinceMs === null
      ? `${eventTable} FINAL WHERE ${where}`
      : `(SELECT * FROM ${eventTable} WHERE ${where} AND updated_at >= ${scope.number(query.sinceMs)} ORDER BY version DESC LIMIT 1 BY event_id)`;
  const sql = `SELECT ${skeletonColumns} FROM ${from} ${oldestFirst} LIMIT ${Math.trunc(query.limit)} ${byIdsAlone}`;
  return readRows(await engine.query(scope.statement(sql), signal), readSkeletonEvent);
}
