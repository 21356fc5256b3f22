import type { ExploreQuery, RowsQuery } from '../../../domain/explore-query.ts';
import type { ExploredRow, ValueHead } from '../../../domain/explore-store.ts';
import { groupSql } from '../sql/chart-sql.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readTally, sumTally } from '../hours/event-tally.ts';
import type { TallySources } from '../hours/event-tally.ts';
import { eventTable } from '../rows/event-row.ts';
import { readRows as readBinary } from '../engine/row-binary.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { isRootSql, toExploreScope } from '../sql/explore-scope.ts';
import { toFilterSql } from '../sql/filter-sql.ts';
import { placesSql } from '../sql/session-range.ts';
import { toPlainQuery } from './explore-tally.ts';
import { lightColumns, readLightEvent } from './light-event.ts';
import { findKeys } from './row-keys.ts';
import type { RowKey, RowSources } from './row-keys.ts';
import { readRowMatches } from './row-matches.ts';

/** Characters of a column's value that are read: enough for a preview without its runs of base64. */
const columnChars = 4_096;

/** The page is found by few columns, then its rows are read by their keys. */
export async function readRows(
  sources: RowSources,
  query: RowsQuery,
  signal?: AbortSignal,
): Promise<ExploredRow[]> {
  const keys = await findKeys(sources, query, signal);
  if (keys.length === 0) return [];
  const [found, matches] = await Promise.all([
    readByKeys(sources.engine, { ...query, keys }, signal),
    readRowMatches(sources, { query, keys }, signal),
  ]);
  const byId = new Map(found.map((row) => [row.event.eventId, row]));
  return keys.flatMap(({ eventId, value, createdAt, tieEnd }) => {
    const row = byId.get(eventId);
    const match = matches.get(eventId) ?? null;
    return row ? [{ ...row, match, position: { eventId, value, createdAt, tieEnd } }] : [];
  });
}

async function readByKeys(
  engine: EventEngine,
  { projectId, keys, columns }: RowsQuery & { keys: readonly RowKey[] },
  signal?: AbortSignal,
): Promise<Omit<ExploredRow, 'position' | 'match'>[]> {
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
  if (plain !== null) {
    const [tally, outside] = await Promise.all([
      readTally(sources, plain, signal),
      countOutside(sources.engine, query, signal),
    ]);
    return Math.min(most, sumTally(tally) + outside);
  }
  const scope = new SqlScope();
  const from = toExploreScope(query, scope);
  const sql = `SELECT count() FROM (${scope.withClause()}SELECT 1 ${from} LIMIT ${Math.trunc(most)})`;
  return readCount(await sources.engine.query({ sql, params: scope.params() }, signal));
}

/** Rows that start outside of the range. */
async function countOutside(
  engine: EventEngine,
  { projectId, filters, outsideRoots = [] }: ExploreQuery,
  signal?: AbortSignal,
): Promise<number> {
  if (outsideRoots === 'many' || outsideRoots.length === 0) return 0;
  if (filters.length === 0) return outsideRoots.length;
  const scope = new SqlScope();
  const conditions = [
    `project_id = ${scope.text(projectId)}`,
    placesSql(outsideRoots, scope),
    isRootSql,
    ...filters.map((one) => toFilterSql([one], scope)),
  ];
  const sql = `SELECT count() FROM ${eventTable} FINAL WHERE ${conditions.join(' AND ')}`;
  return readCount(await engine.query(scope.statement(sql), signal));
}

const readCount = (bytes: Buffer): number => readBinary(bytes, (cursor) => cursor.uint64())[0] ?? 0;
