import type {
  AlertReads,
  ArrivedEvent,
  ArrivedQuery,
  Found,
  LoopQuery,
  PartsQuery,
  SessionUse,
  WindowPart,
} from '../../../domain/alert-reads.ts';
import type { Threshold } from '../../../domain/alert-rule.ts';
import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { readCells } from '../hours/event-cells.ts';
import type { CellSources } from '../hours/event-cells.ts';
import { eventTable, toHour } from '../rows/event-row.ts';
import { numberSql } from '../sql/chart-sql.ts';
import { costSumSql } from '../sql/cost-sum.ts';
import { isCountedSql } from '../sql/counted-use.ts';
import { toFilterSql } from '../sql/filter-sql.ts';
import { isRootSql } from '../sql/explore-scope.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { groupsOf, readWindow, readWindows, toEvents, toNumber } from './alert-windows.ts';

/** What alerts read, over an engine whose schema is up to date. */
export const createAlertReads = (sources: CellSources): AlertReads => ({
  readWindow: (query, signal) => readWindow(sources, query, signal),
  readWindows: (queries, signal) => readWindows(sources, queries, signal),
  readParts: (query, signal) => readParts(sources, query, signal),
  readArrived: (query, signal) => readArrived(sources.engine, query, signal),
  readLoops: (query, signal) => readLoops(sources.engine, query, signal),
});

const hourMs = 3_600_000;

async function readParts(
  sources: CellSources,
  query: PartsQuery,
  signal?: AbortSignal,
): Promise<readonly WindowPart[]> {
  const { stepMs, measures } = query;
  const cuts = Array.from({ length: hourMs / stepMs }, (_, index) => index * stepMs);
  const numbers = measures.map(toNumber);
  const cells = await readCells(
    sources,
    { events: toEvents(query), cuts, groups: groupsOf(query), numbers },
    signal,
  );
  if (cells === null) throw new QueryTooExpensive('There are too many events or groups.');
  return cells;
}

/** An event that arrives later than so long after its start, or changes later, is not looked at. */
const maxAgeHours = 24;

/** Versions of events that were stored since, or of the time. */
function arrivedSql({ projectId, time }: ArrivedQuery | LoopQuery, scope: SqlScope): string[] {
  if ('span' in time) {
    const { fromMs, beforeMs } = time.span;
    return [
      `project_id = ${scope.text(projectId)}`,
      `start_hour >= ${scope.number(toHour(fromMs))}`,
      `start_time >= ${scope.number(fromMs)}`,
      `start_time < ${scope.number(beforeMs)}`,
    ];
  }
  const { sinceMs } = time;
  return [
    `project_id = ${scope.text(projectId)}`,
    `start_hour >= ${scope.number(toHour(sinceMs) - maxAgeHours)}`,
    `updated_at >= ${scope.number(sinceMs)}`,
  ];
}

const signs = { greater_than: '>', less_than: '<', equal_to: '=' } as const;

const beyondSql = (number: string, { operator, value }: Threshold, scope: SqlScope): string =>
  `${number} ${signs[operator]} ${scope.number(value)}`;

async function readArrived(
  engine: EventEngine,
  query: ArrivedQuery,
  signal?: AbortSignal,
): Promise<Found<ArrivedEvent>> {
  const scope = new SqlScope();
  const latest = `SELECT * FROM ${eventTable} WHERE ${arrivedSql(query, scope).join(' AND ')} ORDER BY version DESC LIMIT 1 BY event_id`;
  const number = scope.alias(numberSql(toNumber(query.measure), scope));
  const beyond = query.thresholds.map((threshold) => beyondSql(number, threshold, scope));
  const where = [
    'is_deleted = 0',
    `(${beyond.join(' OR ')})`,
    `event_id NOT IN ${scope.list(query.known)}`,
    ...(query.filters.length === 0 ? [] : [toFilterSql(query.filters, scope)]),
  ].join(' AND ');
  const sql = `SELECT event_id, start_time, assumeNotNull(${number}), count() OVER () FROM (${latest}) WHERE ${where} ORDER BY start_time, event_id LIMIT ${Math.trunc(query.limit)}`;
  return toFound(await engine.query(scope.statement(sql), signal), (cursor) => ({
    eventId: cursor.string(),
    startTime: cursor.float64(),
    value: cursor.float64(),
  }));
}

/** Rows that end with the number of all of them. */
function toFound<One>(bytes: Buffer, read: (cursor: RowBinaryCursor) => One): Found<One> {
  const rows = readRows(bytes, (cursor) => ({ one: read(cursor), total: cursor.uint64() }));
  return { found: rows.map(({ one }) => one), total: rows[0]?.total ?? 0 };
}

const minuteMs = 60_000;

async function readLoops(
  engine: EventEngine,
  query: LoopQuery,
  signal?: AbortSignal,
): Promise<Found<SessionUse>> {
  const scope = new SqlScope();
  const { loop } = query;
  const [inProject = '', recent = ''] = arrivedSql(query, scope);
  const active = `SELECT session_id FROM ${eventTable} WHERE ${arrivedSql(query, scope).join(' AND ')} AND session_id NOT IN ${scope.list(query.known)}`;
  const latest = `SELECT * FROM ${eventTable} WHERE ${inProject} AND ${recent} AND session_id IN (${active}) ORDER BY version DESC LIMIT 1 BY event_id`;
  const where = ['is_deleted = 0', `(${isRootSql} OR ${toFilterSql(query.filters, scope)})`];
  // Inputs are only read where calls are compared.
  const inputs = loop.repeats === null ? `''` : 'inputs';
  const call = `if(event_type = 'tool', (event_name, sipHash128(${inputs})), ('', sipHash128('')))`;
  const calls = `SELECT session_id, ${call} AS call, max(event_type = 'tool') AS is_tool, countIf(NOT (${isRootSql})) AS call_steps, min(start_time) AS first, max(end_time) AS last, ${costSumSql('cost_usd', isCountedSql('cost_usd'))} AS call_cost FROM (${latest}) WHERE ${where.join(' AND ')} GROUP BY session_id, call`;
  const limits = [
    ['repeats', loop.repeats],
    ['steps', loop.steps],
    ['minutes', loop.minutes],
    ['cost', loop.costUsd],
  ] as const;
  const reached = limits.flatMap(([name, limit]) =>
    limit === null ? [] : [`${name} >= ${scope.number(limit)}`],
  );
  const sessions = `SELECT session_id, min(first) AS start, max(last) AS end, toFloat64(max(if(is_tool, call_steps, 0))) AS repeats, toFloat64(sum(call_steps)) AS steps, (max(last) - min(first)) / ${minuteMs} AS minutes, toFloat64(sum(call_cost)) AS cost FROM (${calls}) GROUP BY session_id`;
  const sql = `SELECT *, count() OVER () FROM (${sessions}) WHERE (${reached.join(' OR ')}) ORDER BY session_id LIMIT ${Math.trunc(query.limit)}`;
  return toFound(await engine.query(scope.statement(sql), signal), (cursor) => ({
    sessionId: cursor.string(),
    startTime: cursor.float64(),
    endTime: cursor.float64(),
    repeats: cursor.float64(),
    steps: cursor.float64(),
    minutes: cursor.float64(),
    costUsd: cursor.float64(),
  }));
}
