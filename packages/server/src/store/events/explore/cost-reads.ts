import type { CostPosition, ExploreStore } from '../../../domain/explore-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import { isUnknownCost } from '../sql/counted-use.ts';
import { rangeConditions } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';

type QueryOf<Name extends 'readUnpriced' | 'readComputed'> = Parameters<ExploreStore[Name]>[0];

export async function readUnpriced(
  engine: EventEngine,
  { projectId, fromMs, limit }: QueryOf<'readUnpriced'>,
  signal?: AbortSignal,
): ReturnType<ExploreStore['readUnpriced']> {
  const scope = new SqlScope();
  const where = rangeConditions({ projectId, fromMs }, scope).join(' AND ');
  const sql = `SELECT model, count() AS size, sum(total_tokens), max(start_time), sum(size) OVER ()
    FROM ${eventTable} FINAL WHERE ${where} AND ${isUnknownCost}
    GROUP BY model ORDER BY size DESC, model LIMIT ${Math.trunc(limit)}`;
  const rows = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    model: cursor.string(),
    eventCount: cursor.uint64(),
    totalTokens: cursor.float64(),
    lastTime: cursor.float64(),
    all: cursor.uint64(),
  }));
  return { models: rows, eventCount: rows[0]?.all ?? 0 };
}

export async function readComputed(
  engine: EventEngine,
  { projectId, fromMs, after, limit }: QueryOf<'readComputed'>,
  signal?: AbortSignal,
): Promise<CostPosition[]> {
  const scope = new SqlScope();
  const conditions = [
    ...rangeConditions({ projectId, fromMs }, scope),
    "cost_source NOT IN ('', 'sender')",
    ...(after === null ? [] : [isAfter(after, scope)]),
  ];
  const sql = `SELECT start_hour, session_id, event_id FROM ${eventTable} FINAL
    WHERE ${conditions.join(' AND ')}
    ORDER BY start_hour, session_id, event_id LIMIT ${Math.trunc(limit)}`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    hour: cursor.int64(),
    sessionId: cursor.string(),
    eventId: cursor.string(),
  }));
}

function isAfter({ hour, sessionId, eventId }: CostPosition, scope: SqlScope): string {
  const key = `(${scope.number(hour)}, ${scope.text(sessionId)}, ${scope.text(eventId)})`;
  return `start_hour >= ${scope.number(hour)} AND (start_hour, session_id, event_id) > ${key}`;
}
