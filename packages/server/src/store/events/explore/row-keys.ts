import type { EventQuery } from '../../../domain/event-query.ts';
import type { RootPlace, RowPosition, RowSort, RowsQuery } from '../../../domain/explore-query.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { tieColumns } from '../hours/event-positions.ts';
import { hasTally, readTally } from '../hours/event-tally.ts';
import { eventTable, toHour } from '../rows/event-row.ts';
import { sumsSql, toExploreScope } from '../sql/explore-scope.ts';
import { planWindows } from '../sql/list-window.ts';
import { placesSql, rangeConditions } from '../sql/session-range.ts';
import type { HourWindow } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { readActiveRoots } from './active-roots.ts';
import { pageWindow, tallyOfRows, toPlainQuery } from './explore-tally.ts';
import type { OutsideSources } from './outside-roots.ts';
import { readHours } from './recent-sample.ts';
import { withMatches } from './word-matches.ts';
import type { MatchSources } from './word-matches.ts';

export type RowSources = MatchSources & OutsideSources;

/** The key of a row, and where it stands in the order. */
export interface RowKey extends RowPosition {
  readonly sessionId: string;
  readonly hour: number;
}

/**
 * In the order of time, in the hours that hold the page as the tally tells; where it cannot tell, or would first have
 * to be read for the page alone, the nearest hours first, until the page is full. In any other order all at once.
 */
export async function findKeys(
  sources: RowSources,
  query: RowsQuery,
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const { isDescending, field } = query.sort;
  if (field !== 'start_time') {
    const matched = await withMatches(sources, query, { signal });
    return field === 'last_activity' && isDescending
      ? findMostActive(sources, matched, signal)
      : findKeysIn(sources.engine, { query: matched }, signal);
  }
  const plain = toPlainQuery(query);
  return plain !== null && ((query.isCounted ?? true) || hasTally(sources, plain))
    ? findTallied(sources, { query, plain }, signal)
    : findNearest(sources, query, signal);
}

/** In the hours that hold the page as the tally tells. */
async function findTallied(
  sources: RowSources,
  { query, plain }: { readonly query: RowsQuery; readonly plain: EventQuery },
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const { sort, after, limit } = query;
  const tally = tallyOfRows(await readTally(sources, plain, signal), query);
  const afterHour = typeof after?.value === 'number' ? toHour(after.value) : null;
  const window = pageWindow(tally, { isDescending: sort.isDescending, afterHour, limit });
  return window === null ? [] : findKeysIn(sources.engine, { query, window }, signal);
}

/** From one hour after the other, until the page is full. */
async function findNearest(
  sources: RowSources,
  query: RowsQuery,
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const { isDescending } = query.sort;
  const hours = await readHours(sources.engine, { rows: query, window: startOf(query) }, signal);
  const windows = planWindows(isDescending ? hours : hours.toReversed(), query.limit);
  return widen(windows, query.limit, async (hour) => {
    const window = isDescending ? { fromHour: hour } : { toHour: hour };
    const inWindow = { ...startOf(query), ...window };
    const matched = await withMatches(sources, query, { window: inWindow, signal });
    return findKeysIn(sources.engine, { query: matched, window }, signal);
  });
}

/** By the latest events, which tell the last activity of their sessions, however long ago these began. */
async function findMostActive(
  sources: RowSources,
  query: RowsQuery,
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const { projectId, fromMs, after } = query;
  const events = { projectIds: [projectId], filters: [], rootsOnly: false };
  const tally = await readTally(
    sources,
    { ...events, ...(fromMs === undefined ? {} : { fromMs }) },
    signal,
  );
  const hours = tally.map(({ hour, whole: rowCount }) => ({ hour, rowCount }));
  const lastHour = typeof after?.value === 'number' ? toHour(after.value) : Infinity;
  const windows = planWindows(hours, query.limit).filter((hour) => hour <= lastHour);
  return widen(windows, query.limit, async (activeFrom) => {
    const roots = await readActiveRoots(sources, { projectId, fromHour: activeFrom }, signal);
    return findKeysIn(sources.engine, { query, activeFrom, roots }, signal);
  });
}

/** Reads from one hour after the other, until the page is full. */
async function widen(
  fromHours: readonly number[],
  limit: number,
  find: (hour: number) => Promise<RowKey[]>,
): Promise<RowKey[]> {
  let keys: RowKey[] = [];
  for (const hour of fromHours) {
    keys = await find(hour);
    if (keys.length >= limit) break;
  }
  return keys;
}

/** In the order of time, the hours that the page can lie in. */
function startOf({ sort, after }: RowsQuery): HourWindow {
  if (sort.field !== 'start_time' || typeof after?.value !== 'number') return {};
  const hour = toHour(after.value);
  return sort.isDescending ? { toHour: hour } : { fromHour: hour };
}

interface KeysQuery {
  readonly query: RowsQuery;
  /** Hours of the rows. */
  readonly window?: HourWindow;
  /** Only sessions with an event in this hour or later. */
  readonly activeFrom?: number;
  /** The roots of these sessions. */
  readonly roots?: readonly RootPlace[] | 'many';
}

const isText = ({ field }: RowSort): boolean => field === 'event_name';

async function findKeysIn(
  engine: EventEngine,
  asked: KeysQuery,
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const { query } = asked;
  const scope = new SqlScope();
  const from = keysSql(asked, scope);
  const where = query.after === null ? '1' : isAfter(query.sort, query.after, scope);
  const direction = query.sort.isDescending ? 'DESC' : 'ASC';
  const order = rowOrder.map((column) => `${column} ${direction}`).join(', ');
  const sql = `SELECT event_id, session_id, start_hour, sort_value, arrival, tie_end FROM (${from}) WHERE ${where} ORDER BY ${order} LIMIT ${Math.trunc(query.limit)}`;
  // The names of expressions belong to the innermost query, which is about the columns.
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  return readRows(bytes, (cursor) => ({
    eventId: cursor.string(),
    sessionId: cursor.string(),
    hour: cursor.int64(),
    value: isText(query.sort) ? cursor.string() : cursor.float64(),
    createdAt: cursor.int64(),
    tieEnd: cursor.float64(),
  }));
}

/** Rows that are equal in what sorts them are in the order of events, or its reverse. */
const rowOrder = ['sort_value', 'arrival', 'tie_end', 'event_id'];
const [arrivalSql, tieEndSql] = tieColumns;
const keyColumns = `event_id, session_id, start_hour, ${arrivalSql} AS arrival, toFloat64(${tieEndSql}) AS tie_end`;

function isAfter(sort: RowSort, position: RowPosition, scope: SqlScope): string {
  const { value, createdAt, tieEnd, eventId } = position;
  const bounds = [
    typeof value === 'number' ? scope.number(value) : scope.text(value),
    scope.number(createdAt),
    scope.number(tieEnd),
    scope.text(eventId),
  ];
  return `(${rowOrder.join(', ')}) ${sort.isDescending ? '<' : '>'} (${bounds.join(', ')})`;
}

/** Columns of events, and of the sums of sessions, by what they sort. */
const sortColumns = {
  start_time: 'start_time',
  duration_ms: 'duration',
  event_name: 'event_name',
  total_tokens: 'total_tokens',
  cost_usd: 'cost_usd',
  event_count: 'event_count',
  error_count: 'error_count',
} as const;

/** Keys with the value that sorts them; sessions are sorted by what their events add up to. */
function keysSql(asked: KeysQuery, scope: SqlScope): string {
  const { query } = asked;
  const { field } = query.sort;
  const window = { ...startOf(query), ...asked.window };
  const from = toExploreScope(query, scope, window);
  const { roots = 'many' } = asked;
  const place = roots === 'many' ? '' : ` AND ${placesSql(roots, scope)}`;
  const keys = (value: string): string =>
    `${scope.withClause()}SELECT ${keyColumns}${value} ${from}${place}`;
  if (field === 'last_activity')
    return `SELECT * FROM (${keys('')}) AS roots INNER JOIN (${activitySql(asked, scope)}) AS latest USING (session_id)`;
  const column = sortColumns[field];
  const isOwn = query.scope === 'events' || column === 'start_time' || column === 'event_name';
  if (isOwn) return keys(`, ${column} AS sort_value`);
  const sums = sumsSql(query, scope, window);
  return `SELECT * FROM (${keys('')}) AS roots LEFT JOIN (SELECT session_id, ${column} AS sort_value FROM (${sums})) AS sums USING (session_id)`;
}

/** When the last event of each session started; sessions in a range have one in it, or after it. */
function activitySql({ query, activeFrom }: KeysQuery, scope: SqlScope): string {
  const { projectId, fromMs } = query;
  const first = activeFrom ?? (fromMs === undefined ? undefined : toHour(fromMs));
  const window = first === undefined ? {} : { fromHour: first };
  const where = rangeConditions({ projectId }, scope, window).join(' AND ');
  return `SELECT session_id, max(start_time) AS sort_value FROM ${eventTable} FINAL WHERE ${where} GROUP BY session_id`;
}
