import type { ExploreQuery, RootPlace } from '../../../domain/explore-query.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { groupByHour } from '../hours/hour-cache.ts';
import type { HourCache, UnitValue } from '../hours/hour-cache.ts';
import type { SessionCache } from '../hours/session-cache.ts';
import { readInChunks } from '../reads/event-lookup.ts';
import { byIdsAlone, eventTable } from '../rows/event-row.ts';
import { isRootSql } from '../sql/explore-scope.ts';
import { hoursSql, hourUnit, missingRanges, splitRange, unitOfBucket } from '../sql/hour-range.ts';
import type { HourRange, UnitOf } from '../sql/hour-range.ts';
import { rangeConditions } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { justBefore } from './explore-tally.ts';

export interface OutsideSources {
  readonly engine: EventEngine;
  /** Sessions with events in a unit of hours, but without their root. */
  readonly rootless: HourCache<readonly string[]>;
  /** Roots of sessions; null for none. */
  readonly roots: SessionCache<RootPlace | null>;
}

/** Beyond this, the engine finds the sessions of a range faster than a list of their roots is read. */
export const maxListedRoots = 10_000;

const dayUnit = unitOfBucket('day');
const hourMs = 3_600_000;

/**
 * The query with the roots that start outside of its range while other events of their sessions start in it. Such
 * sessions have events in a day, hour or part of an hour in which their root is not; these are few, cached for whole
 * days and hours, and read for the parts of hours at the ends of the range.
 */
export async function withOutsideRoots<Query extends ExploreQuery>(
  sources: OutsideSources,
  query: Query,
  signal?: AbortSignal,
): Promise<Query> {
  const { fromMs = -Infinity, beforeMs = Infinity } = query;
  if (query.scope === 'events' || (query.fromMs ?? query.beforeMs) === undefined) return query;
  const sessionIds = await findRootless(sources, query, signal);
  if (sessionIds.size > maxListedRoots) return { ...query, outsideRoots: 'many' };
  const roots = await readRoots(sources, query.projectId, [...sessionIds]);
  const isOutside = ({ startTime }: RootPlace): boolean =>
    startTime < fromMs || startTime >= beforeMs;
  return { ...query, outsideRoots: roots.filter((root) => root !== null).filter(isOutside) };
}

/** Sessions that have events in a part of the range in which their root is not. */
async function findRootless(
  sources: OutsideSources,
  query: ExploreQuery,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const { days, hours, parts } = divide(query);
  const { projectId } = query;
  const inUnits = (name: string, ranges: readonly HourRange[], unitOf: UnitOf) =>
    sources.rootless.read({
      key: JSON.stringify([projectId, name]),
      projectIds: [projectId],
      hours: ranges,
      unitOf,
      load: (missing) =>
        loadRootless(sources.engine, { query: { projectId }, ranges: missing, unitOf }, signal),
    });
  const found = await Promise.all([
    days.length === 0 ? [] : inUnits('day', days, dayUnit),
    hours.length === 0 ? [] : inUnits('hour', hours, hourUnit),
    parts.length === 0
      ? []
      : loadRootless(sources.engine, { query, ranges: parts, unitOf: hourUnit }, signal),
  ]);
  return new Set(found.flat().flatMap(({ value }) => value));
}

/** The range in whole days, whole hours beside them, and hours of which only a part belongs to it. */
function divide({
  fromMs,
  beforeMs,
}: ExploreQuery): Record<'days' | 'hours' | 'parts', HourRange[]> {
  const { inner, edges } = splitRange(
    {
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(beforeMs === undefined ? {} : { toMs: justBefore(beforeMs) }),
    },
    dayUnit,
  );
  const ends = [fromMs, beforeMs].filter((ms) => ms !== undefined && ms % hourMs !== 0);
  const partial = [...new Set(ends.map((ms) => Math.floor(Number(ms) / hourMs)))];
  const parts = partial.toSorted((a, b) => a - b).map(hourUnit);
  return {
    days: inner === null ? [] : [inner],
    hours: edges.flatMap((edge) => missingRanges(edge, parts)),
    parts,
  };
}

/** The sessions of each unit that have no root in it. */
async function loadRootless(
  engine: EventEngine,
  asked: {
    query: Parameters<typeof rangeConditions>[0];
    ranges: readonly HourRange[];
    unitOf: UnitOf;
  },
  signal?: AbortSignal,
): Promise<UnitValue<readonly string[]>[]> {
  const { query, ranges, unitOf } = asked;
  const unit = unitOf === dayUnit ? 'toInt64(floor(start_hour / 24)) * 24' : 'start_hour';
  const scope = new SqlScope();
  const where = [...rangeConditions(query, scope), hoursSql(ranges)].join(' AND ');
  const sql = `SELECT ${unit} AS unit, session_id FROM ${eventTable} FINAL WHERE ${where} GROUP BY unit, session_id HAVING countIf(${isRootSql}) = 0`;
  const rows = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    unit: cursor.int64(),
    sessionId: cursor.string(),
  }));
  return groupByHour(rows, ({ unit: hour }) => hour).map(({ hour, value }) => ({
    hour,
    value: value.map(({ sessionId }) => sessionId),
  }));
}

/** Where the roots of the sessions are. */
export const readRoots = (
  { engine, roots }: OutsideSources,
  projectId: string,
  sessionIds: readonly string[],
): Promise<(RootPlace | null)[]> =>
  roots.read({
    key: projectId,
    sessionIds,
    async load(missing) {
      const found = await readInChunks(missing, (ids) => loadRoots(engine, projectId, ids));
      const bySession = new Map(found.map((root) => [root.sessionId, root]));
      return missing.map((sessionId) => [sessionId, bySession.get(sessionId) ?? null] as const);
    },
  });

async function loadRoots(
  engine: EventEngine,
  projectId: string,
  sessionIds: readonly string[],
): Promise<RootPlace[]> {
  const scope = new SqlScope();
  const where = `project_id = ${scope.text(projectId)} AND session_id IN ${scope.list(sessionIds)} AND ${isRootSql}`;
  const sql = `SELECT session_id, start_hour, start_time FROM ${eventTable} FINAL WHERE ${where} ${byIdsAlone}`;
  return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    sessionId: cursor.string(),
    hour: cursor.int64(),
    startTime: cursor.float64(),
  }));
}
