import type { EventPageQuery, EventQuery } from '../../../domain/event-query.ts';
import type { EventPosition } from '../../../domain/event-store.ts';
import type { EventHead, StoredEvent } from '../../../domain/stored-event.ts';
import type { EventEngine } from '../engine/engine.ts';
import {
  byIdsAlone,
  eventColumns,
  eventTable,
  headColumns,
  readEvent,
  readHead,
  toHour,
} from '../rows/event-row.ts';
import { keyConditions, toEventScope } from '../sql/event-scope.ts';
import { maxPositions, newestFirst, oldestFirst, readPositions } from '../hours/event-positions.ts';
import { findPage, readTally } from '../hours/event-tally.ts';
import type { PagePlace, TallySources } from '../hours/event-tally.ts';
import { readInChunks } from './event-lookup.ts';
import { hoursSql, joinRanges } from '../sql/hour-range.ts';
import type { HourCount } from '../sql/list-window.ts';
import { readRows, readRowsInTurns } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';

const allColumns = eventColumns.join(', ');
export async function readSession(
  engine: EventEngine,
  session: { projectIds: readonly string[]; sessionId: string; limit: number },
): Promise<StoredEvent[]> {
  const scope = new SqlScope();
  const where = `project_id IN ${scope.list(session.projectIds)} AND session_id = ${scope.text(session.sessionId)}`;
  const sql = `SELECT ${allColumns} FROM ${eventTable} FINAL WHERE ${where} ${oldestFirst} LIMIT ${toCount(session.limit)} ${byIdsAlone}`;
  return readRowsInTurns(await engine.query(scope.statement(sql)), readEvent);
}

export async function readSessionHeads(
  engine: EventEngine,
  projectIds: readonly string[],
  sessionIds: readonly string[],
): Promise<EventHead[]> {
  return readInChunks(sessionIds, async (ids) => {
    const scope = new SqlScope();
    const where = `project_id IN ${scope.list(projectIds)} AND session_id IN ${scope.list(ids)}`;
    const sql = `SELECT ${headColumns.join(', ')} FROM ${eventTable} FINAL WHERE ${where} ${byIdsAlone}`;
    return readRows(await engine.query(scope.statement(sql)), readHead);
  });
}

/**
 * The page lies in the hours that the tally says, however many come before it. Its keys are found by few columns, and
 * whole rows are read by their keys: sorting whole rows would read every payload of these hours.
 */
export async function listEvents(
  sources: TallySources,
  query: EventPageQuery,
  signal?: AbortSignal,
): Promise<StoredEvent[]> {
  const page = findPage(await readTally(sources, query, signal), query);
  if (page === null) return [];
  const keys =
    page.whole > maxPositions
      ? await findKeys(sources.engine, { query, page }, signal)
      : (await readPositions(sources, { query, hours: [page.hours] }, signal)).slice(
          page.offset,
          page.offset + query.limit,
        );
  return readByKeys(sources.engine, keys, signal);
}

async function findKeys(
  engine: EventEngine,
  { query, page }: { query: EventPageQuery; page: PagePlace },
  signal?: AbortSignal,
): Promise<(EventKey & { projectId: string })[]> {
  const scope = new SqlScope();
  const from = toEventScope(query, scope, [page.hours]);
  const sql = `SELECT project_id, start_hour, session_id, event_id ${from} ${newestFirst} LIMIT ${toCount(query.limit)} OFFSET ${toCount(page.offset)}`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    projectId: cursor.string(),
    hour: cursor.int64(),
    sessionId: cursor.string(),
    eventId: cursor.string(),
  }));
}

/** The latest versions of the events, in the order of their keys; what was deleted since is left out. */
export async function readByKeys(
  engine: EventEngine,
  keys: readonly (EventKey & { projectId: string })[],
  signal?: AbortSignal,
): Promise<StoredEvent[]> {
  if (keys.length === 0) return [];
  const scope = new SqlScope();
  const list = (values: readonly string[]): string => scope.list([...new Set(values)]);
  const hours = joinRanges(
    [...new Set(keys.map(({ hour }) => hour))].map((hour) => ({ first: hour, last: hour })),
  );
  const where = [
    `project_id IN ${list(keys.map(({ projectId }) => projectId))}`,
    hoursSql(hours),
    `session_id IN ${list(keys.map(({ sessionId }) => sessionId))}`,
    `event_id IN ${list(keys.map(({ eventId }) => eventId))}`,
  ].join(' AND ');
  const sql = `SELECT ${allColumns} FROM ${eventTable} WHERE ${where} ORDER BY version DESC LIMIT 1 BY project_id, start_hour, session_id, event_id`;
  const found = await readRowsInTurns(await engine.query(scope.statement(sql), signal), readEvent);
  const alive = found.filter(({ isDeleted }) => !isDeleted);
  const nameOf = (projectId: string, eventId: string): string => `${projectId} ${eventId}`;
  const byName = new Map(alive.map((event) => [nameOf(event.projectId, event.eventId), event]));
  return keys.flatMap(({ projectId, eventId }) => byName.get(nameOf(projectId, eventId)) ?? []);
}

/** Rows by hour, newest first; what a query's filters leave out counts too. */
export async function readHours(
  engine: EventEngine,
  query: EventQuery,
  signal?: AbortSignal,
): Promise<HourCount[]> {
  const scope = new SqlScope();
  const where = keyConditions(query, scope).join(' AND ');
  const sql = `SELECT start_hour, count() FROM ${eventTable} WHERE ${where} GROUP BY start_hour ORDER BY start_hour DESC`;
  const bytes = await engine.query(scope.statement(sql), signal);
  return readRows(bytes, (cursor) => ({ hour: cursor.int64(), rowCount: cursor.uint64() }));
}

/** A place in the order of keys. */
interface EventKey {
  readonly hour: number;
  readonly sessionId: string;
  readonly eventId: string;
}

const keyOrder = 'start_hour, session_id, event_id';

/**
 * Where the page ends is found by the keys alone, then what is between is read part by part: reading whole rows in
 * the order of keys would hold a block of every part at once, which is a gigabyte when events are large.
 */
export async function readPage(
  engine: EventEngine,
  page: { projectId: string; after: EventPosition | null; limit: number },
): Promise<StoredEvent[]> {
  const after = page.after && { ...page.after, hour: toHour(page.after.startTime) };
  const last = await readLastKey(engine, { ...page, after });
  if (last === null) return [];
  const scope = new SqlScope();
  const where = `${pageConditions(scope, page.projectId, after)} AND NOT (${isAfter(scope, last)}) AND start_hour <= ${last.hour}`;
  const sql = `SELECT ${allColumns} FROM ${eventTable} WHERE ${where} ORDER BY ${keyOrder}, version DESC LIMIT 1 BY ${keyOrder} SETTINGS optimize_read_in_order = 0, max_threads = 1, max_block_size = ${toCount(page.limit)}`;
  return readRowsInTurns(await engine.query(scope.statement(sql)), readEvent);
}

/** The last key of the page; null when there are no more events. */
async function readLastKey(
  engine: EventEngine,
  page: { projectId: string; after: EventKey | null; limit: number },
): Promise<EventKey | null> {
  const scope = new SqlScope();
  const where = pageConditions(scope, page.projectId, page.after);
  const sql = `SELECT ${keyOrder} FROM ${eventTable} WHERE ${where} ORDER BY ${keyOrder} LIMIT 1 BY ${keyOrder} LIMIT ${toCount(page.limit)}`;
  const keys = readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    hour: cursor.int64(),
    sessionId: cursor.string(),
    eventId: cursor.string(),
  }));
  return keys.at(-1) ?? null;
}

const pageConditions = (scope: SqlScope, projectId: string, after: EventKey | null): string =>
  // The comparison of hours says nothing new; the engine finds the place in the index by it.
  `project_id = ${scope.text(projectId)}${after ? ` AND start_hour >= ${after.hour} AND (${isAfter(scope, after)})` : ''}`;

function isAfter(scope: SqlScope, { hour, sessionId, eventId }: EventKey): string {
  const session = scope.text(sessionId);
  return `start_hour > ${hour} OR (start_hour = ${hour} AND (session_id > ${session} OR (session_id = ${session} AND event_id > ${scope.text(eventId)})))`;
}

/** A whole number for LIMIT and OFFSET, which the engine does not take as parameters of every type. */
function toCount(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`expected a whole number, got ${value}`);
  return value;
}
