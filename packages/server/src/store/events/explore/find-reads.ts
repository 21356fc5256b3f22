import { findParts } from '../../../domain/session-find.ts';
import type { FindHit, FindPart, FindRequest } from '../../../domain/session-find.ts';
import type { EventEngine } from '../engine/engine.ts';
import { byIdsAlone, eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import { tieColumns } from '../hours/event-positions.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Characters before a hit, and of a whole snippet. */
const beforeChars = 40;
const snippetChars = 160;

/** Columns of plain text, by the name of the part; the other parts are columns of JSON. */
const plainColumns: Partial<Record<FindPart, string>> = {
  event_name: 'event_name',
  error: "ifNull(error, '')",
};

/** Where a text is in the events of a session, in their order, then by part; case does not count. */
export async function findInSession(
  engine: EventEngine,
  { projectId, sessionId, text, limit }: FindRequest,
  signal?: AbortSignal,
): Promise<FindHit[]> {
  const scope = new SqlScope();
  const plain = scope.text(text);
  const json = scope.text(JSON.stringify(text).slice(1, -1));
  const hit = (part: FindPart): string => {
    const column = plainColumns[part] ?? part;
    const needle = part in plainColumns ? plain : json;
    const place = `positionCaseInsensitiveUTF8(${column}, ${needle})`;
    const start = `greatest(1, toInt64(${place}) - ${beforeChars})`;
    return `('${part}', ${place}, substringUTF8(${column}, ${start}, ${snippetChars}), countSubstringsCaseInsensitiveUTF8(${column}, ${needle}))`;
  };
  const hits = findParts.map(hit).join(', ');
  const where = `project_id = ${scope.text(projectId)} AND session_id = ${scope.text(sessionId)}`;
  const found = `SELECT start_time, created_at, end_time, event_id, arrayFilter(h -> h.2 > 0, [${hits}]) AS hits FROM ${eventTable} FINAL WHERE ${where}`;
  const sql = `SELECT event_id, hit.1, toUInt64(hit.2 - 1), hit.3, toUInt64(hit.4) FROM (${found}) ARRAY JOIN hits AS hit, arrayEnumerate(hits) AS place ORDER BY start_time, ${tieColumns.join(', ')}, place LIMIT ${Math.trunc(limit)} ${byIdsAlone}`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    eventId: cursor.string(),
    part: readPart(cursor.string()),
    offset: cursor.uint64(),
    snippet: cursor.string(),
    count: cursor.uint64(),
  }));
}

function readPart(text: string): FindPart {
  const part = findParts.find((name) => name === text);
  if (part === undefined) throw new Error(`${text} is not a part of an event`);
  return part;
}
