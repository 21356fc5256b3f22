import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { groupByHour } from './hour-cache.ts';
import type { HourCache, UnitValue } from './hour-cache.ts';
import { hourUnit, hoursSql } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Events, roots not counted, and sessions of one project. */
export interface ProjectCount {
  readonly projectId: string;
  readonly eventCount: number;
  readonly sessionCount: number;
}

export interface ProjectCountSources {
  readonly engine: EventEngine;
  readonly projectCounts: HourCache<readonly ProjectCount[]>;
}

const always: HourRange = { first: -Infinity, last: Infinity };

/** What each of the projects holds; those without events are left out. */
export async function readProjectCounts(
  { engine, projectCounts }: ProjectCountSources,
  projectIds: readonly string[],
): Promise<ProjectCount[]> {
  const hours = await projectCounts.read({
    key: JSON.stringify(projectIds),
    projectIds,
    hours: [always],
    unitOf: hourUnit,
    load: (ranges) => countHours(engine, projectIds, ranges),
  });
  const totals = new Map<string, ProjectCount>();
  for (const count of hours.flatMap(({ value }) => value)) {
    const { projectId, eventCount, sessionCount } = count;
    const known = totals.get(projectId) ?? { projectId, eventCount: 0, sessionCount: 0 };
    totals.set(projectId, {
      projectId,
      eventCount: known.eventCount + eventCount,
      sessionCount: known.sessionCount + sessionCount,
    });
  }
  return [...totals.values()].toSorted((a, b) => (a.projectId < b.projectId ? -1 : 1));
}

async function countHours(
  engine: EventEngine,
  projectIds: readonly string[],
  ranges: readonly HourRange[],
): Promise<UnitValue<readonly ProjectCount[]>[]> {
  const scope = new SqlScope();
  const sql = `SELECT start_hour, project_id, countIf(event_id != session_id), countIf(event_id = session_id)
    FROM ${eventTable} FINAL WHERE project_id IN ${scope.list(projectIds)} AND ${hoursSql(ranges)}
    GROUP BY start_hour, project_id`;
  const rows = readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    hour: cursor.int64(),
    projectId: cursor.string(),
    eventCount: cursor.uint64(),
    sessionCount: cursor.uint64(),
  }));
  return groupByHour(rows, ({ hour }) => hour);
}
