import type { ExploreQuery, RootPlace } from '../../../domain/explore-query.ts';
import { eventTable, toHour } from '../rows/event-row.ts';
import type { SqlScope } from './sql-scope.ts';

/** Hours, since the epoch, that rows lie in: both inclusive. */
export interface HourWindow {
  readonly fromHour?: number;
  readonly toHour?: number;
}

type Range = Pick<ExploreQuery, 'fromMs' | 'beforeMs'>;

/** Conditions on project and time; those on the hour let the engine skip what cannot match. */
export const rangeConditions = (
  query: Range & Pick<ExploreQuery, 'projectId'>,
  scope: SqlScope,
  window: HourWindow = {},
): string[] => [...windowConditions(query, scope, window), ...startConditions(query, scope)];

/** Those on project and hour alone. */
export const hourConditions = (
  query: Range & Pick<ExploreQuery, 'projectId'>,
  scope: SqlScope,
  window: HourWindow = {},
): string[] => [...windowConditions(query, scope, window), ...boundConditions(query, scope)];

function windowConditions(
  { projectId }: Pick<ExploreQuery, 'projectId'>,
  scope: SqlScope,
  { fromHour, toHour: lastHour }: HourWindow,
): string[] {
  return [
    `project_id = ${scope.text(projectId)}`,
    ...(fromHour === undefined ? [] : [`start_hour >= ${scope.number(fromHour)}`]),
    ...(lastHour === undefined ? [] : [`start_hour <= ${scope.number(lastHour)}`]),
  ];
}

const startConditions = (range: Range, scope: SqlScope): string[] => [
  ...boundConditions(range, scope),
  ...(range.fromMs === undefined ? [] : [`start_time >= ${scope.number(range.fromMs)}`]),
  ...(range.beforeMs === undefined ? [] : [`start_time < ${scope.number(range.beforeMs)}`]),
];

const boundConditions = ({ fromMs, beforeMs }: Range, scope: SqlScope): string[] => [
  ...(fromMs === undefined ? [] : [`start_hour >= ${scope.number(toHour(fromMs))}`]),
  ...(beforeMs === undefined ? [] : [`start_hour <= ${scope.number(toHour(beforeMs))}`]),
];

/** Project and range of the rows themselves: of sessions also roots outside of the range, if something is in it. */
export function rowConditions(
  query: ExploreQuery,
  scope: SqlScope,
  window: HourWindow = {},
): string[] {
  const { outsideRoots = [] } = query;
  const place = windowConditions(query, scope, window);
  if (outsideRoots === 'many') {
    const inRange = rangeConditions(query, scope).join(' AND ');
    return [
      ...place,
      `session_id IN (SELECT session_id FROM ${eventTable} FINAL WHERE ${inRange})`,
    ];
  }
  const own = startConditions(query, scope);
  if (outsideRoots.length === 0) return [...place, ...own];
  return [...place, `((${own.join(' AND ')}) OR (${placesSql(outsideRoots, scope)}))`];
}

/** The condition that a row lies where one of these roots does. */
export function placesSql(
  roots: readonly Pick<RootPlace, 'hour' | 'sessionId'>[],
  scope: SqlScope,
): string {
  const hours = [...new Set(roots.map(({ hour }) => Math.trunc(hour)))].join(', ');
  const sessionIds = [...new Set(roots.map(({ sessionId }) => sessionId))];
  return `start_hour IN (${hours}) AND session_id IN ${scope.list(sessionIds)}`;
}

/** Earliest hour of a root of the query; undefined when it may be any. */
export function firstRootHour({ fromMs, outsideRoots = [] }: ExploreQuery): number | undefined {
  if (fromMs === undefined || outsideRoots === 'many') return undefined;
  return outsideRoots.reduce((first, { hour }) => Math.min(first, hour), toHour(fromMs));
}
