import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { RowsQuery, WordMatch } from '../../../domain/explore-query.ts';
import type { RowMatch } from '../../../domain/explore-store.ts';
import { readRows } from '../engine/row-binary.ts';
import { byIdsAlone, eventTable } from '../rows/event-row.ts';
import { isRangeOfEvents, matchFilters } from '../sql/explore-scope.ts';
import { toFilterSql } from '../sql/filter-sql.ts';
import { placesSql, rangeConditions } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { wordCondition } from '../sql/word-sql.ts';
import type { RowKey } from './row-keys.ts';
import { withMatches } from './word-matches.ts';
import type { MatchSources } from './word-matches.ts';
import { snippetColumns } from './word-snippet.ts';

interface PageOfRows {
  readonly query: RowsQuery;
  readonly keys: readonly RowKey[];
}

type RowMatches = ReadonlyMap<string, RowMatch>;

/**
 * Where the rows of a page have the first word of the query, by the id of the row; of a session, in the earliest event
 * that has all of them. Rows are worth showing without it, where it takes too long.
 */
export async function readRowMatches(
  sources: MatchSources,
  page: PageOfRows,
  signal?: AbortSignal,
): Promise<RowMatches> {
  const { query, keys } = page;
  if (query.words.length === 0 || keys.length === 0) return new Map();
  const window = { fromHour: Math.min(...keys.map(({ hour }) => hour)) };
  try {
    const { matches } = await withMatches(sources, query, { window, signal });
    return matches ? pickMatches(page, matches) : await readSnippets(sources, page, signal);
  } catch (error) {
    if (error instanceof QueryTooExpensive) return new Map();
    throw error;
  }
}

const idOf = (
  { scope }: RowsQuery,
  event: { readonly eventId: string; readonly sessionId: string },
): string => (scope === 'events' ? event.eventId : event.sessionId);

/** Of the matches that are known, the earliest of each row. */
function pickMatches({ query, keys }: PageOfRows, matches: readonly WordMatch[]): RowMatches {
  const wanted = new Set(keys.map((key) => idOf(query, key)));
  const first = new Map<string, WordMatch>();
  for (const match of matches) {
    const id = idOf(query, match);
    const known = first.get(id);
    if (wanted.has(id) && !(known && known.startTime <= match.startTime)) first.set(id, match);
  }
  return new Map(
    [...first].flatMap(([id, { eventId, snippet }]) =>
      snippet ? [[id, { eventId, ...snippet }] as const] : [],
    ),
  );
}

/** Of a word that is too frequent to list its matches. */
async function readSnippets(
  { engine }: MatchSources,
  page: PageOfRows,
  signal?: AbortSignal,
): Promise<RowMatches> {
  const { query } = page;
  const scope = new SqlScope();
  const inner = scope.inner();
  const snippet = snippetColumns(query.words[0] ?? '', scope);
  const columns = [...new Set(['session_id', 'event_id', ...snippet.sources])].join(', ');
  const found = query.scope === 'events' ? ofEvents(page, inner) : ofSessions(page, inner);
  const listed = `${inner.withClause()}SELECT ${columns} ${found}`;
  const settings = query.scope === 'events' ? '' : ` ${byIdsAlone}`;
  const sql = `SELECT session_id, event_id, ${snippet.sql} FROM (${listed})${settings}`;
  const rows = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    sessionId: cursor.string(),
    eventId: cursor.string(),
    snippet: snippet.read(cursor),
  }));
  return new Map(
    rows.flatMap((row) =>
      row.snippet ? [[idOf(query, row), { eventId: row.eventId, ...row.snippet }] as const] : [],
    ),
  );
}

/** The latest versions of the events of the page. */
function ofEvents({ query, keys }: PageOfRows, scope: SqlScope): string {
  const where = [
    `project_id = ${scope.text(query.projectId)}`,
    placesSql(keys, scope),
    `event_id IN ${scope.list(keys.map(({ eventId }) => eventId))}`,
  ].join(' AND ');
  const latest = `SELECT * FROM ${eventTable} WHERE ${where} ORDER BY version DESC LIMIT 1 BY event_id`;
  return `FROM (${latest}) WHERE is_deleted = 0`;
}

/** The first event of each session that has the words. */
function ofSessions({ query, keys }: PageOfRows, scope: SqlScope): string {
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
