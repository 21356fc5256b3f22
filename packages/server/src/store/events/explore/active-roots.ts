import type { RootPlace } from '../../../domain/explore-query.ts';
import { readRows } from '../engine/row-binary.ts';
import { eventTable } from '../rows/event-row.ts';
import { isRootSql } from '../sql/explore-scope.ts';
import { rangeConditions } from '../sql/session-range.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { maxListedRoots, readRoots } from './outside-roots.ts';
import type { OutsideSources } from './outside-roots.ts';

/** Roots of the sessions with an event in this hour or later; most of them start there, too. */
export async function readActiveRoots(
  sources: OutsideSources,
  { projectId, fromHour }: { projectId: string; fromHour: number },
  signal?: AbortSignal,
): Promise<readonly RootPlace[] | 'many'> {
  const scope = new SqlScope();
  const where = rangeConditions({ projectId }, scope, { fromHour }).join(' AND ');
  const sql = `SELECT session_id, toUInt8(countIf(${isRootSql}) > 0), anyIf(start_hour, ${isRootSql}), anyIf(start_time, ${isRootSql}) FROM ${eventTable} FINAL WHERE ${where} GROUP BY session_id LIMIT ${maxListedRoots + 1}`;
  const found = readRows(
    await sources.engine.query(scope.statement(sql), signal),
    (cursor): { sessionId: string; root: RootPlace | null } => {
      const sessionId = cursor.string();
      const hasRoot = cursor.uint8() === 1;
      const root = { sessionId, hour: cursor.int64(), startTime: cursor.float64() };
      return { sessionId, root: hasRoot ? root : null };
    },
  );
  if (found.length > maxListedRoots) return 'many';
  const others = found.filter(({ root }) => root === null).map(({ sessionId }) => sessionId);
  return [
    ...found.map(({ root }) => root),
    ...(await readRoots(sources, projectId, others)),
  ].filter((root) => root !== null);
}
