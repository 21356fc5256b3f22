import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type { ChangedQuery, EventPosition, LightEvent } from '../../../domain/explore-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventTable, toHour } from '../rows/event-row.ts';
import { toFilterSql } from '../sql/filter-sql.ts';
import { readRows } from '../engine/row-binary.ts';
import { tieColumns } from '../hours/event-positions.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { lightColumns, readLightEvent } from './light-event.ts';
import { wordCondition } from '../sql/word-sql.ts';

/** Which of these events match, as they are now, oldest change first. */
export async function readMatching(
  engine: EventEngine,
  query: ExploreQuery,
  places: readonly EventPosition[],
): Promise<LightEvent[]> {
  if (places.length === 0) return [];
  const scope = new SqlScope();
  const hours = places.map(({ startTime }) => toHour(startTime));
  const where = [
    `project_id = ${scope.text(query.projectId)}`,
    `start_hour >= ${scope.number(Math.min(...hours))}`,
    `start_hour <= ${scope.number(Math.max(...hours))}`,
    `event_id IN ${scope.list(places.map(({ eventId }) => eventId))}`,
  ].join(' AND ');
  const conditions = [
    'is_deleted = 0',
    toFilterSql(query.filters, scope),
    ...query.words.map((word) => wordCondition(word, scope)),
  ].join(' AND ');
  const latest = `SELECT * FROM ${eventTable} WHERE ${where} ORDER BY version DESC LIMIT 1 BY event_id`;
  const sql = `SELECT ${lightColumns.join(', ')} FROM (${latest}) WHERE ${conditions} ORDER BY updated_at, start_time, ${tieColumns.join(', ')}`;
  return readRows(await engine.query(scope.statement(sql)), readLightEvent);
}

/** A change is looked for among events that began so long before it, at most. */
const maxAgeHours = 24;

/** Events that were stored or changed since, the latest first. */
export async function readChanged(
  engine: EventEngine,
  { projectId, sessionId, sinceMs, limit }: ChangedQuery,
): Promise<EventPosition[]> {
  const scope = new SqlScope();
  const where = [
    `project_id = ${scope.text(projectId)}`,
    `start_hour >= ${scope.number(toHour(sinceMs) - maxAgeHours)}`,
    `updated_at >= ${scope.number(sinceMs)}`,
    ...(sessionId === null ? [] : [`session_id = ${scope.text(sessionId)}`]),
  ].join(' AND ');
  const sql = `SELECT event_id, any(start_time) FROM ${eventTable} WHERE ${where} GROUP BY event_id ORDER BY max(updated_at) DESC, event_id LIMIT ${Math.trunc(limit)}`;
  return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    eventId: cursor.string(),
    startTime: cursor.float64(),
  }));
}
