import type {
  ExploreQuery,
  RowPosition,
  RowSort,
  RowsQuery,
} from '../../../domain/explore-query.ts';
import type { ExploredRow, ValueHead } from '../../../domain/explore-store.ts';
import { groupSql } from '../sql/chart-sql.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readTally, sumTally } from '../hours/event-tally.ts';
import type { TallySources } from '../hours/event-tally.ts';
import { eventTable, toHour } from '../rows/event-row.ts';
import { planWindows } from '../sql/list-window.ts';
import { readRows as readBinary } from '../engine/row-binary.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { sumsSql, toExploreScope } from '../sql/explore-scope.ts';
import type { HourWindow } from '../sql/explore-scope.ts';
import { pageWindow, toPlainQuery } from './explore-tally.ts';
import { lightColumns, readLightEvent } from './light-event.ts';
import { readHours } from './recent-sample.ts';

/** Characters of a column's value that are read: enough for a preview without its runs of base64. */
const columnChars = 4_096;

/** The key of a row, and where it stands in the order. */
interface RowKey extends RowPosition {
  readonly sessionId: string;
  readonly hour: number;
}

/** The page is found by few columns, then its rows are read by their keys. */
export async function readRows(
  sources: TallySources,
  query: RowsQuery,
  signal?: AbortSignal,
): Promise<ExploredRow[]> {
  const keys = await findKeys(sources, query, signal);
  if (keys.length === 0) return [];
  const found = await readByKeys(sources.engine, { ...query, keys }, signal);
  const byId = new Map(found.map((row) => [row.event.eventId, row]));
  return keys.flatMap(({ eventId, value }) => {
    const row = byId.get(eventId);
    return row ? [{ ...row, position: { eventId, value } }] : [];
  });
}

/**
 * In the order of time, in the hours that hold the page as the tally tells; where it cannot tell, the nearest hours
 * first, until the page is full. In any other order all at once.
 */
async function findKeys(
  sources: TallySources,
  query: RowsQuery,
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const { engine } = sources;
  const { isDescending, field } = query.sort;
  if (field !== 'start_time') return findKeysIn(engine, { query }, signal);
  const plain = toPlainQuery(query);
  if (plain !== null) {
    const tally = await readTally(sources, plain, signal);
    const { value } = query.after ?? {};
    const afterHour = typeof value === 'number' ? toHour(value) : null;
    const window = pageWindow(tally, { isDescending, afterHour, limit: query.limit });
    return window === null ? [] : findKeysIn(engine, { query, window }, signal);
  }
  const hours = await readHours(engine, { rows: query, window: startOf(query) }, signal);
  let keys: RowKey[] = [];
  for (const hour of planWindows(isDescending ? hours : hours.toReversed(), query.limit)) {
    const window = isDescending ? { fromHour: hour } : { toHour: hour };
    keys = await findKeysIn(engine, { query, window }, signal);
    if (keys.length >= query.limit) break;
  }
  return keys;
}

/** In the order of time, the hours that the page can lie in. */
function startOf({ sort, after }: RowsQuery): HourWindow {
  if (sort.field !== 'start_time' || typeof after?.value !== 'number') return {};
  const hour = toHour(after.value);
  return sort.isDescending ? { toHour: hour } : { fromHour: hour };
}

const isText = ({ field }: RowSort): boolean => field === 'event_name';

async function findKeysIn(
  engine: EventEngine,
  { query, window = {} }: { query: RowsQuery; window?: HourWindow },
  signal?: AbortSignal,
): Promise<RowKey[]> {
  const scope = new SqlScope();
  const from = keysSql(query, scope, { ...startOf(query), ...window });
  const where = query.after === null ? '1' : isAfter(query.sort, query.after, scope);
  const direction = query.sort.isDescending ? 'DESC' : 'ASC';
  const sql = `SELECT event_id, session_id, start_hour, sort_value FROM (${from}) WHERE ${where} ORDER BY sort_value ${direction}, event_id ${direction} LIMIT ${Math.trunc(query.limit)}`;
  // The names of expressions belong to the innermost query, which is about the columns.
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  return readBinary(bytes, (cursor) => ({
    eventId: cursor.string(),
    sessionId: cursor.string(),
    hour: cursor.int64(),
    value: isText(query.sort) ? cursor.string() : cursor.float64(),
  }));
}

function isAfter(sort: RowSort, { value, eventId }: RowPosition, scope: SqlScope): string {
  const bound = typeof value === 'number' ? scope.number(value) : scope.text(value);
  const sign = sort.isDescending ? '<' : '>';
  return `(sort_value ${sign} ${bound} OR (sort_value = ${bound} AND event_id ${sign} ${scope.text(eventId)}))`;
}

/** Columns of events by what they sort. */
const sortColumns: Readonly<Record<RowSort['field'], string>> = {
  start_time: 'start_time',
  duration_ms: 'duration',
  event_name: 'event_name',
  total_tokens: 'total_tokens',
  cost_usd: 'cost_usd',
  event_count: 'event_count',
  error_count: 'error_count',
};

/** Keys with the value that sorts them; sessions are sorted by what their events add up to. */
function keysSql(query: RowsQuery, scope: SqlScope, window: HourWindow): string {
  const column = sortColumns[query.sort.field];
  const isOwn = query.scope === 'events' || column === 'start_time' || column === 'event_name';
  const from = toExploreScope(query, scope, window);
  const keys = (value: string): string =>
    `${scope.withClause()}SELECT event_id, session_id, start_hour${value} ${from}`;
  if (isOwn) return keys(`, ${column} AS sort_value`);
  const sums = sumsSql(query, scope, window);
  return `SELECT event_id, session_id, start_hour, sort_value FROM (${keys('')}) AS roots LEFT JOIN (SELECT session_id, ${column} AS sort_value FROM (${sums})) AS sums USING (session_id)`;
}

async function readByKeys(
  engine: EventEngine,
  { projectId, keys, columns }: RowsQuery & { keys: readonly RowKey[] },
  signal?: AbortSignal,
): Promise<Omit<ExploredRow, 'position'>[]> {
  const scope = new SqlScope();
  const hours = [...new Set(keys.map(({ hour }) => Math.trunc(hour)))].join(', ');
  const where = [
    `project_id = ${scope.text(projectId)}`,
    `start_hour IN (${hours})`,
    `session_id IN ${scope.list([...new Set(keys.map(({ sessionId }) => sessionId))])}`,
    `event_id IN ${scope.list(keys.map(({ eventId }) => eventId))}`,
  ].join(' AND ');
  const values = columns.flatMap((path) => {
    const value = scope.alias(groupSql(path, scope));
    return [`substringUTF8(${value}, 1, ${columnChars})`, `toUInt64(ifNull(length(${value}), 0))`];
  });
  const latest = `SELECT * FROM ${eventTable} WHERE ${where} ORDER BY version DESC LIMIT 1 BY event_id`;
  const sql = `SELECT ${[...lightColumns, ...values].join(', ')} FROM (${latest}) WHERE is_deleted = 0`;
  return readBinary(await engine.query(scope.statement(sql), signal), (cursor) => ({
    event: readLightEvent(cursor),
    columns: columns.map(() => readHead(cursor)),
  }));
}

function readHead(cursor: RowBinaryCursor): ValueHead | null {
  const text = cursor.nullableString();
  const bytes = cursor.uint64();
  return text === null ? null : { text, bytes };
}

/** How many rows match; never more than `most`. */
export async function countRows(
  sources: TallySources,
  { query, most }: { query: ExploreQuery; most: number },
  signal?: AbortSignal,
): Promise<number> {
  const plain = toPlainQuery(query);
  if (plain !== null) return Math.min(most, sumTally(await readTally(sources, plain, signal)));
  const scope = new SqlScope();
  const from = toExploreScope(query, scope);
  const sql = `SELECT count() FROM (${scope.withClause()}SELECT 1 ${from} LIMIT ${Math.trunc(most)})`;
  const bytes = await sources.engine.query({ sql, params: scope.params() }, signal);
  const [count = 0] = readBinary(bytes, (cursor) => cursor.uint64());
  return count;
}
