import type {
  EventStore,
  SessionRemainder,
  TracePart,
  TracePlace,
} from '../../../domain/event-store.ts';
import { isRoot } from '../../../domain/stored-event.ts';
import { readMark } from '../../../domain/trace-mark.ts';
import { addressed } from '../../../domain/trace-span.ts';
import type { Trace } from '../../../domain/trace-span.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { byIdsAlone, eventTable } from '../rows/event-row.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { readByKeys } from './event-reads.ts';

/** At most so much is moved by one commit: some 50 ms, and a few times as many bytes in memory. */
const maxEvents = 500;
const maxBytes = 8 * 1024 ** 2;

/** The events at the places, in the order of sessions, as many as one commit moves. */
export async function readTraces(
  engine: EventEngine,
  places: readonly TracePlace[],
): Promise<TracePart[]> {
  if (places.length === 0) return [];
  const found = await findEvents(engine, places);
  let bytes = 0;
  const chosen = found.slice(0, maxEvents).filter((event, index) => {
    bytes += event.bytes;
    return index === 0 || bytes <= maxBytes;
  });
  const events = new Map((await readByKeys(engine, chosen)).map((event) => [toName(event), event]));
  const last = found.at(chosen.length);
  return places.map((place) => {
    const name = toPlaceName(place);
    const part = chosen.filter((event) => toPlaceName(event) === name);
    return {
      place,
      events: part.flatMap((event) => events.get(toName(event)) ?? []),
      isAll: last === undefined || (part.length > 0 && place.sessionId !== last.sessionId),
    };
  });
}

const toName = ({ projectId, eventId }: { projectId: string; eventId: string }): string =>
  `${projectId}\n${eventId}`;

const toPlaceName = ({ projectId, sessionId, traceId }: TracePlace): string =>
  `${projectId}\n${sessionId}\n${traceId ?? ''}`;

/** Keys of the events at the places, and of one more than are moved. */
async function findEvents(engine: EventEngine, places: readonly TracePlace[]) {
  const scope = new SqlScope();
  const list = (values: readonly string[]): string => scope.list([...new Set(values)]);
  const own = places.filter(({ traceId }) => traceId === null);
  const isOwn = `session_id IN ${list(own.map(({ sessionId }) => sessionId))}`;
  const traceId = `if(${isOwn}, '', JSONExtractString(metadata, 'trace_id'))`;
  const where = [
    `project_id IN ${list(places.map(({ projectId }) => projectId))}`,
    `session_id IN ${list(places.map(({ sessionId }) => sessionId))}`,
    `concat(project_id, '\n', session_id, '\n', ${traceId}) IN ${list(places.map(toPlaceName))}`,
    `(${isOwn} OR origin != '${addressed}')`,
  ].join(' AND ');
  const bytes = 'inputs_bytes + outputs_bytes + length(metadata)';
  const sql = `SELECT project_id, session_id, start_hour, event_id, ${traceId}, ${bytes} FROM ${eventTable} FINAL WHERE ${where} ORDER BY session_id, start_time, event_id LIMIT ${maxEvents + 1} ${byIdsAlone}`;
  return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    projectId: cursor.string(),
    sessionId: cursor.string(),
    hour: cursor.int64(),
    eventId: cursor.string(),
    traceId: cursor.string() || null,
    bytes: cursor.uint64(),
  }));
}

/** The root of a session, and its first events that are not to be moved with the traces. */
export async function readRemainder(
  engine: EventEngine,
  { projectId, sessionId, traceIds }: Parameters<EventStore['readRemainder']>[0],
): Promise<SessionRemainder> {
  const scope = new SqlScope();
  const where = [
    `project_id = ${scope.text(projectId)} AND session_id = ${scope.text(sessionId)}`,
    `(origin = '${addressed}' OR JSONExtractString(metadata, 'trace_id') NOT IN ${scope.list(traceIds)})`,
  ].join(' AND ');
  const kind = `multiIf(event_id = session_id, 'root', user != '', 'user', '')`;
  const sql = `SELECT start_hour, event_id FROM ${eventTable} FINAL WHERE ${where} ORDER BY ${firstSpans} LIMIT 1 BY ${kind} ${byIdsAlone}`;
  const keys = readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    projectId,
    sessionId,
    hour: cursor.int64(),
    eventId: cursor.string(),
  }));
  const events = await readByKeys(engine, keys);
  const others = events.filter((event) => !isRoot(event));
  return {
    root: events.find(isRoot) ?? null,
    first: others[0] ?? null,
    firstOfUser: others.find(({ user }) => user !== '') ?? null,
  };
}

/** The order of spans: `isBefore` in domain/trace-span.ts. */
const firstSpans = `JSONExtractString(metadata, 'honeyhive.session_name') = '', JSONHas(metadata, 'parent_span_id'), start_time, start_time - end_time, JSONExtractString(metadata, 'span_id')`;

/** Traces of which events were still to be moved when their marks were written, by project. */
export async function readUnfinishedTraces(
  engine: EventEngine,
): Promise<{ projectId: string; trace: Trace }[]> {
  const sql = `SELECT project_id, event_id, argMax(origin, version) FROM ${eventTable} WHERE is_deleted = 1 AND position(origin, '"from"') > 0 GROUP BY project_id, event_id`;
  const marks = readRows(await engine.query({ sql }), (cursor) => ({
    projectId: cursor.string(),
    mark: cursor.string(),
    origin: cursor.string(),
  }));
  return marks.flatMap(({ projectId, mark, origin }) => {
    const read = readMark(origin);
    return read === null
      ? []
      : [{ projectId, trace: { id: read.traceId, ownSession: read.ownSession, mark } }];
  });
}
