import type { EventQuery } from '../../../domain/event-query.ts';
import { eventTable, toHour } from '../rows/event-row.ts';
import { toFilterSql } from './filter-sql.ts';
import { hoursSql } from './hour-range.ts';
import type { HourRange } from './hour-range.ts';
import type { SqlScope } from './sql-scope.ts';

interface StoredQuery extends EventQuery {
  /** Whether each event of the hours is there once, so that `FINAL` is not needed. Default false. */
  readonly isMerged?: boolean;
}

/**
 * The rows that a query is about: the latest version of each event, deleted ones left out, conditions applied to
 * that version alone.
 *
 * @param hours leaves out others as well
 */
export function toEventScope(
  query: StoredQuery,
  scope: SqlScope,
  hours: readonly HourRange[] | null = null,
): string {
  const { isMerged = false } = query;
  const conditions = [
    ...keyConditions(query, scope),
    ...(hours === null ? [] : [hoursSql(hours)]),
    ...(query.fromMs === undefined ? [] : [`start_time >= ${scope.number(query.fromMs)}`]),
    ...(query.toMs === undefined ? [] : [`start_time <= ${scope.number(query.toMs)}`]),
    ...(query.rootsOnly ? ['event_id = session_id'] : []),
    ...(query.filters.length === 0 ? [] : [toFilterSql(query.filters, scope)]),
  ];
  const from = isMerged ? eventTable : `${eventTable} FINAL`;
  return `FROM ${from} WHERE ${[...(isMerged ? ['is_deleted = 0'] : []), ...conditions].join(' AND ')}`;
}

/** Conditions on the sort key, by which the engine skips what cannot match. */
export function keyConditions(query: EventQuery, scope: SqlScope): string[] {
  const hour = (epochMs: number): string => scope.number(toHour(epochMs));
  return [
    `project_id IN ${scope.list(query.projectIds)}`,
    ...(query.fromMs === undefined ? [] : [`start_hour >= ${hour(query.fromMs)}`]),
    ...(query.toMs === undefined ? [] : [`start_hour <= ${hour(query.toMs)}`]),
  ];
}
