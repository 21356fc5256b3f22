import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { RowsQuery, WordMatch } from '../../../domain/explore-query.ts';
import type { RowMatch } from '../../../domain/explore-store.ts';
import { snippetChars, toSnippet } from '../../../domain/snippet.ts';
import { readRows } from '../engine/row-binary.ts';
import { byIdsAlone, eventTable } from '../rows/event-row.ts';
import { isRangeOfEvents, matchFilters } from '../sql/explore-scope.ts';
import { toFilterSql } from '../sql/filter-sql.ts';
import { placesSql, rangeConditions } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { jsonColumns } from '../sql/word-columns.ts';
import { wordCondition, wordPlaces } from '../sql/word-sql.ts';
import type { RowKey } from './row-keys.ts';
import { withMatches } from './word-matches.ts';
import type { MatchSources } from './word-matches.ts';

type Place = Pick<WordMatch, 'hour' | 'sessionId' | 'eventId'>;

/**
 * Where the rows of a page have the first word of the query, by the id of the row; of a session, in the earliest event
 * that has all of them. Rows are worth showing without it, where it takes too long.
 */
export async function readRowMatches(
  sources: MatchSources,
  { query, keys }: { readonly query: RowsQuery; readonly keys: readonly RowKey[] },
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, RowMatch>> {
  const [word] = query.words;
  if (word === undefined || keys.length === 0) return new Map();
  try {
    const places = await findPlaces(sources, { query, keys }, signal);
    return await readSnippets(sources, { query, keys, word, places }, signal);
  } catch (error) {
    if (error instanceof QueryTooExpensive) return new Map();
    throw error;
  }
}

/** The events to look into; null: any of the sessions. */
async function findPlaces(
  sources: MatchSources,
  { query, keys }: { readonly query: RowsQuery; readonly keys: readonly RowKey[] },
  signal?: AbortSignal,
): Promise<readonly Place[] | null> {
  if (query.scope === 'events') return keys;
  const window = { fromHour: Math.min(...keys.map(({ hour }) => hour)) };
  const { matches } = await withMatches(sources, query, { window, signal });
  if (!matches) return null;
  const sessionIds = new Set(keys.map(({ sessionId }) => sessionId));
  const first = new Map<string, WordMatch>();
  for (const match of matches) {
    const known = first.get(match.sessionId);
    if (!sessionIds.has(match.sessionId) || (known && known.startTime <= match.startTime)) continue;
    first.set(match.sessionId, match);
  }
  return [...first.values()];
}

interface SnippetQuery {
  readonly query: RowsQuery;
  readonly keys: readonly RowKey[];
  readonly word: string;
  readonly places: readonly Place[] | null;
}

async function readSnippets(
  { engine }: MatchSources,
  asked: SnippetQuery,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, RowMatch>> {
  const { query, word, places } = asked;
  if (places?.length === 0) return new Map();
  const scope = new SqlScope();
  const columns = wordPlaces(word, scope);
  const hits = columns.map(({ column, placeSql }) => `('${column}', toInt64(${placeSql}))`);
  const from = places === null ? ofSessions(asked, scope) : ofEvents(query, places, scope);
  const found = `SELECT session_id, event_id, arrayFirst(h -> h.2 > 0, [${hits.join(', ')}]) AS hit, hit.1 AS field, hit.2 AS place, multiIf(${columns.map(({ column, textSql }) => `field = '${column}', ${textSql}`).join(', ')}, '') AS content ${from}`;
  const sql = `SELECT session_id, event_id, field, place, substringUTF8(content, greatest(1, place - ${snippetChars.before}), least(place - 1, ${snippetChars.before}) + ${snippetChars.rest}) FROM (${found}) WHERE place > 0${places === null ? ` ${byIdsAlone}` : ''}`;
  const inJson = Array.from(JSON.stringify(word).slice(1, -1)).length;
  const rows = readRows(await engine.query(scope.statement(sql), signal), (cursor) => {
    const [sessionId, eventId, field] = [cursor.string(), cursor.string(), cursor.string()];
    const place = cursor.int64() - 1;
    const isJson = jsonColumns.includes(field);
    const snippet = toSnippet({
      part: cursor.string(),
      isStart: place <= snippetChars.before,
      place: Math.min(place, snippetChars.before),
      length: isJson ? inJson : Array.from(word).length,
      isJson,
    });
    return [
      query.scope === 'events' ? eventId : sessionId,
      { eventId, field, ...snippet },
    ] as const;
  });
  return new Map(rows);
}

/** The latest versions of known events. */
function ofEvents({ projectId }: RowsQuery, places: readonly Place[], scope: SqlScope): string {
  const where = [
    `project_id = ${scope.text(projectId)}`,
    placesSql(places, scope),
    `event_id IN ${scope.list(places.map(({ eventId }) => eventId))}`,
  ].join(' AND ');
  const latest = `SELECT * FROM ${eventTable} WHERE ${where} ORDER BY version DESC LIMIT 1 BY event_id`;
  return `FROM (${latest}) WHERE is_deleted = 0`;
}

/** The first event of each session that has the words. */
function ofSessions({ query, keys }: SnippetQuery, scope: SqlScope): string {
  const filters = matchFilters(query);
  const range = isRangeOfEvents(query) ? query : { projectId: query.projectId };
  const where = [
    ...rangeConditions(range, scope),
    `session_id IN ${scope.list(keys.map(({ sessionId }) => sessionId))}`,
    ...(filters.length === 0 ? [] : [toFilterSql(filters, scope)]),
    ...query.words.map((word) => wordCondition(word, scope)),
  ].join(' AND ');
  return `FROM ${eventTable} FINAL WHERE ${where} ORDER BY start_time LIMIT 1 BY session_id`;
}
