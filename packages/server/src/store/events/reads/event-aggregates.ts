import { bucketNames } from 'honeyhive-wire';
import type { EventQuery } from '../../../domain/event-query.ts';
import type { CatalogueField, SessionRollup } from '../../../domain/event-store.ts';
import { costSumSql } from '../sql/cost-sum.ts';
import { isCountedCall, isCountedSql, isUnknownCost } from '../sql/counted-use.ts';
import type { EventEngine } from '../engine/engine.ts';
import { byIdsAlone, eventTable, toEventType } from '../rows/event-row.ts';
import { readInChunks } from './event-lookup.ts';
import { toEventScope } from '../sql/event-scope.ts';
import { readableJson } from '../sql/json-path.ts';
import { planWindows } from '../sql/list-window.ts';
import { readHours } from './event-reads.ts';
import { readRows } from '../engine/row-binary.ts';
import type { SessionCache } from '../hours/session-cache.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Most recent events whose fields are listed. */
const catalogueEvents = 2_000;
const catalogueFields = 2_000;

const isRoot = 'event_id = session_id';

export interface RollupSources {
  readonly engine: EventEngine;
  /** By session: its sums, one for each project that has such a session. */
  readonly rollups: SessionCache<readonly SessionRollup[]>;
}

/** Sums of the sessions; those that nobody wrote to since the last time are not read again. */
export async function readRollups(
  { engine, rollups }: RollupSources,
  projectIds: readonly string[],
  sessionIds: readonly string[],
): Promise<SessionRollup[]> {
  const load = async (ids: readonly string[]) => {
    const found = await readInChunks(ids, (chunk) => readRollupsOf(engine, projectIds, chunk));
    const bySession = new Map(ids.map((id): [string, SessionRollup[]] => [id, []]));
    for (const rollup of found) bySession.get(rollup.sessionId)?.push(rollup);
    return [...bySession];
  };
  const read = await rollups.read({ key: JSON.stringify(projectIds), sessionIds, load });
  return read.flat();
}

async function readRollupsOf(
  engine: EventEngine,
  projectIds: readonly string[],
  sessionIds: readonly string[],
): Promise<SessionRollup[]> {
  const scope = new SqlScope();
  const sum = (column: Parameters<typeof isCountedSql>[0]): string =>
    `sumIf(${column}, ${isCountedSql(column)})`;
  const sql = `SELECT project_id, session_id,
      countIf(NOT (${isRoot})),
      countIf(NOT (${isRoot}) AND ${isCountedCall}),
      countIf(NOT (${isRoot}) AND isNotNull(error)),
      max(feedback != '{}'),
      ${sum('prompt_tokens')}, ${sum('completion_tokens')}, ${sum('total_tokens')},
      ${costSumSql('cost_usd', isCountedSql('cost_usd'))},
      countIf(${isUnknownCost}),
      min(start_time),
      max(start_time),
      max(end_time),
      max(has_ended),
      max(is_partial)
    FROM ${eventTable} FINAL
    WHERE project_id IN ${scope.list(projectIds)} AND session_id IN ${scope.list(sessionIds)}
    GROUP BY project_id, session_id ${byIdsAlone}`;
  return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    projectId: cursor.string(),
    sessionId: cursor.string(),
    eventCount: cursor.uint64(),
    modelEventCount: cursor.uint64(),
    errorCount: cursor.uint64(),
    hasFeedback: cursor.uint8() === 1,
    promptTokens: cursor.float64(),
    completionTokens: cursor.float64(),
    totalTokens: cursor.float64(),
    costUsd: cursor.float64(),
    unknownCostCount: cursor.uint64(),
    firstStartTime: cursor.float64(),
    lastStartTime: cursor.float64(),
    lastEndTime: cursor.float64(),
    hasEnded: cursor.uint8() === 1,
    isPartial: cursor.uint8() === 1,
  }));
}

/** Paths of a bucket, two levels deep; an array of objects counts as the object that its first element is. */
function namesOf(bucket: string): string {
  const pairs = `JSONExtractKeysAndValuesRaw(${readableJson(bucket)})`;
  const inner = `if(startsWith(t.2, '{'), JSONExtractKeys(t.2), if(startsWith(t.2, '[{'), JSONExtractKeys(t.2, 1), emptyArrayString()))`;
  const own = `[concat('${bucket}.', t.1)]`;
  const nested = `arrayMap(k -> concat('${bucket}.', t.1, '.', k), ${inner})`;
  return `arrayFlatten(arrayMap(t -> if(empty(${inner}), ${own}, ${nested}), ${pairs}))`;
}

/** Fields of the most recent events that match, by name; at most 2,000. */
export async function readCatalogue(
  engine: EventEngine,
  query: EventQuery,
  signal?: AbortSignal,
): Promise<CatalogueField[]> {
  // With filters, the newest that match may lie in any hour.
  const [fromHour = null] =
    query.filters.length > 0
      ? []
      : planWindows(await readHours(engine, query, signal), catalogueEvents);
  const scope = new SqlScope();
  const hours = fromHour === null ? null : [{ first: fromHour, last: Infinity }];
  const recent = `SELECT event_type, has_odd_json, ${bucketNames.join(', ')} ${toEventScope(query, scope, hours)} ORDER BY start_time DESC, event_id, project_id LIMIT ${catalogueEvents}`;
  const names = `arrayConcat(${bucketNames.map(namesOf).join(', ')})`;
  const sql = `SELECT DISTINCT event_type, name FROM (${recent}) ARRAY JOIN ${names} AS name ORDER BY name, event_type LIMIT ${catalogueFields}`;
  return readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    eventType: toEventType(cursor.string()),
    name: cursor.string(),
  }));
}
