import type { EventQuery } from '../../../domain/event-query.ts';
import type { EventEngine } from '../engine/engine.ts';
import { toEventScope } from '../sql/event-scope.ts';
import { groupByHour } from './hour-cache.ts';
import type { HourCache } from './hour-cache.ts';
import { hourUnit } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Where an event lies, and when it began. */
export interface EventPosition {
  readonly projectId: string;
  /** Hours since the epoch. */
  readonly hour: number;
  readonly sessionId: string;
  readonly eventId: string;
  /** Epoch milliseconds. */
  readonly startTime: number;
}

export interface PositionSources {
  readonly engine: EventEngine;
  readonly places: HourCache<readonly EventPosition[]>;
}

/** Of more events than these, the engine picks a page faster than their positions are read. */
export const maxPositions = 10_000;

/**
 * The order of events: by start, of one start in the order of arrival. In one request that is the order of their ids
 * where these are made one after the other (UUIDv7), else that of their ends: a span is sent when it ends.
 */
export const tieColumns = [
  'created_at',
  "if(substring(event_id, 15, 1) = '7', 0, end_time)",
  'event_id',
] as const;

const order = ['start_time', ...tieColumns, 'project_id'];

export const oldestFirst = `ORDER BY ${order.join(', ')}`;

/** The order of lists. */
export const newestFirst = `ORDER BY ${order.map((key) => `${key} DESC`).join(', ')}`;

/** Says which events a query is about, whatever its range. */
export const keyOf = ({ projectIds, filters, rootsOnly }: EventQuery): string =>
  JSON.stringify([projectIds, filters, rootsOnly]);

/** Positions of the events that a query matches in these hours, newest first. */
export async function readPositions(
  { engine, places }: PositionSources,
  { query, hours }: { query: EventQuery; hours: readonly HourRange[] },
  signal?: AbortSignal,
): Promise<EventPosition[]> {
  if (hours.length === 0) return [];
  const { fromMs = -Infinity, toMs = Infinity } = query;
  const found = await places.read({
    key: keyOf(query),
    projectIds: query.projectIds,
    hours,
    unitOf: hourUnit,
    load: async (ranges) =>
      groupByHour(await findPositions(engine, { query, ranges }, signal), ({ hour }) => hour),
  });
  return found
    .toReversed()
    .flatMap(({ value }) => value)
    .filter(({ startTime }) => startTime >= fromMs && startTime <= toMs);
}

/** Of whole hours, whatever the range of the query. */
async function findPositions(
  engine: EventEngine,
  { query, ranges }: { query: EventQuery; ranges: readonly HourRange[] },
  signal?: AbortSignal,
): Promise<EventPosition[]> {
  const { fromMs: _from, toMs: _to, ...unbounded } = query;
  const scope = new SqlScope();
  const sql = `SELECT project_id, start_hour, session_id, event_id, start_time ${toEventScope(unbounded, scope, ranges)} ${newestFirst}`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    projectId: cursor.string(),
    hour: cursor.int64(),
    sessionId: cursor.string(),
    eventId: cursor.string(),
    startTime: cursor.float64(),
  }));
}
