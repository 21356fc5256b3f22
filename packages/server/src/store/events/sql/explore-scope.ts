import type { EventCondition, EventFilter } from '../../../domain/event-query.ts';
import type { ExploreQuery, WordMatch } from '../../../domain/explore-query.ts';
import { isCountedSql } from './counted-use.ts';
import { costSumSql } from './cost-sum.ts';
import { eventTable } from '../rows/event-row.ts';
import { toFilterSql } from './filter-sql.ts';
import { mayHaveTexts } from './hour-words.ts';
import {
  firstRootHour,
  hourConditions,
  placesSql,
  rangeConditions,
  rowConditions,
} from './session-range.ts';
import type { HourWindow } from './session-range.ts';
import type { SqlScope } from './sql-scope.ts';
import { wordCondition } from './word-sql.ts';

/** Events of a session that began this much before its root are not looked at. */
export const earlyChildHours = 24;

export const isRootSql = 'event_id = session_id';

/** The rows that a query is about: `FROM … WHERE …`, the latest version of each event, deleted ones left out. */
export function toExploreScope(
  query: ExploreQuery,
  scope: SqlScope,
  window: HourWindow = {},
): string {
  const place = rowConditions(query, scope, window);
  if (query.scope === 'sessions') {
    const conditions = [...place, isRootSql, ...sessionConditions(query, scope, window)];
    return `FROM ${eventTable} FINAL WHERE ${conditions.join(' AND ')}`;
  }
  const filters = query.filters.map((one) => toFilterSql([one], scope));
  if (query.matches) {
    const conditions = [...place, ...filters].join(' AND ');
    return `FROM ${eventTable} FINAL PREWHERE ${matchSql(query.matches, scope)} WHERE ${conditions}`;
  }
  const conditions = [...place, ...filters, ...wordsIn(query, scope)];
  return `FROM ${withWords(query, hourConditions(query, scope, window), scope)} WHERE ${conditions.join(' AND ')}`;
}

/** Filters of the event that has the words. */
export const matchFilters = ({ scope, target, filters }: ExploreQuery): typeof filters =>
  scope === 'sessions' && target === 'any_event' ? filters : [];

/** Whether a row is one of the matches, by what all versions of an event share. */
function matchSql(matches: readonly WordMatch[], scope: SqlScope): string {
  if (matches.length === 0) return '0';
  const ids = scope.list(matches.map(({ eventId }) => eventId));
  return `${placesSql(matches, scope)} AND event_id IN ${ids}`;
}

/** Whether a session has one of the matches. */
const sessionMatchSql = (matches: readonly WordMatch[], scope: SqlScope): string =>
  matches.length === 0
    ? '0'
    : `session_id IN ${scope.list([...new Set(matches.map(({ sessionId }) => sessionId))])}`;

/** The table of events, without hours in which no event has the words. */
function withWords({ words }: ExploreQuery, place: readonly string[], scope: SqlScope): string {
  const hours = mayHaveTexts(words, place, scope);
  return `${eventTable} FINAL${hours.length === 0 ? '' : ` PREWHERE ${hours.join(' AND ')}`}`;
}

/** Whether the event that matches has to be in the range. */
export const isRangeOfEvents = ({ scope, target, fromMs, beforeMs }: ExploreQuery): boolean =>
  scope === 'sessions' &&
  target === 'any_event' &&
  (fromMs !== undefined || beforeMs !== undefined);

const wordsIn = ({ words }: ExploreQuery, scope: SqlScope): string[] =>
  words.map((word) => wordCondition(word, scope));

function sessionConditions(query: ExploreQuery, scope: SqlScope, window: HourWindow): string[] {
  const inEvents = (conditions: (inner: SqlScope) => string[]): string => {
    const inner = scope.inner();
    const isRange = isRangeOfEvents(query);
    const hoursOfEvents = windowOfEvents(window);
    const place = isRange
      ? rangeConditions(query, inner, hoursOfEvents)
      : childConditions(query, inner, window);
    const hours = isRange ? hourConditions(query, inner, hoursOfEvents) : place;
    const where = [...place, ...conditions(inner)].join(' AND ');
    return `session_id IN (${inner.withClause()}SELECT session_id FROM ${withWords(query, hours, inner)} WHERE ${where})`;
  };
  const { matches } = query;
  if (query.target === 'any_event') {
    if (matches) return [sessionMatchSql(matches, scope)];
    if (query.filters.length + query.words.length === 0) return [];
    const filtersIn = (inner: SqlScope): string[] =>
      query.filters.length === 0 ? [] : [toFilterSql(query.filters, inner)];
    return [inEvents((inner) => [...filtersIn(inner), ...wordsIn(query, inner)])];
  }
  return [
    ...query.filters.map((one) => sessionCondition(one, { query, scope, window })),
    ...(matches ? [sessionMatchSql(matches, scope)] : []),
    ...(matches || query.words.length === 0 ? [] : [inEvents((inner) => wordsIn(query, inner))]),
  ];
}

/** Whether a row depends on more than itself: on words, which payloads have, or on other events of its session. */
export function looksAtOtherEvents(query: ExploreQuery): boolean {
  const { scope, filters, target, words, outsideRoots } = query;
  if (words.length > 0 || outsideRoots === 'many') return true;
  if (scope === 'events' || filters.length === 0) return false;
  const paths = filters.flatMap((one) => ('anyOf' in one ? one.anyOf : [one]));
  return (
    target === 'any_event' || paths.some(({ path: [head = ''] }) => Object.hasOwn(sumColumns, head))
  );
}

interface SessionScope {
  readonly query: ExploreQuery;
  readonly scope: SqlScope;
  readonly window: HourWindow;
}

function sessionCondition(condition: EventCondition, around: SessionScope): string {
  const filters = 'anyOf' in condition ? condition.anyOf : [condition];
  return `(${filters.map((filter) => sessionFilter(filter, around)).join(' OR ')})`;
}

/** A number that adds up is that of the whole session; everything else is the root's own. */
function sessionFilter(filter: EventFilter, { query, scope, window }: SessionScope): string {
  const [head = ''] = filter.path;
  if (!Object.hasOwn(sumColumns, head)) return toFilterSql([filter], scope);
  const inner = scope.inner();
  const where = toFilterSql([filter], inner);
  return `session_id IN (${inner.withClause()}SELECT session_id FROM (${sumsSql(query, scope, window)}) WHERE ${where})`;
}

/** Hours of the events of sessions that begin in a window. */
const windowOfEvents = ({ fromHour }: HourWindow): HourWindow =>
  fromHour === undefined ? {} : { fromHour: fromHour - earlyChildHours };

/** Where the events of the sessions in question can lie: they begin when the root does, or later. */
function childConditions(query: ExploreQuery, scope: SqlScope, window: HourWindow): string[] {
  const hours = [window.fromHour, firstRootHour(query)];
  const known = hours.filter((hour) => hour !== undefined);
  const hoursOfChildren =
    known.length === 0 ? {} : { fromHour: Math.max(...known) - earlyChildHours };
  return rangeConditions({ projectId: query.projectId }, scope, hoursOfChildren);
}

/** Whether a row failed: an event with an error; a session with an error, or with one in any of its events. */
export function failedSql(query: ExploreQuery, scope: SqlScope): string {
  if (query.scope === 'events') return 'isNotNull(error)';
  const where = [...childConditions(query, scope, {}), 'isNotNull(error)'].join(' AND ');
  return `(isNotNull(error) OR session_id IN (SELECT session_id FROM ${eventTable} FINAL WHERE ${where}))`;
}

const counted = (column: Parameters<typeof isCountedSql>[0]): string =>
  `sumIf(${column}, ${isCountedSql(column)})`;

/** What the events of a session add up to, by the name of the field. */
const sumColumns: Readonly<Record<string, string>> = {
  duration: 'max(end_time) - min(start_time)',
  prompt_tokens: counted('prompt_tokens'),
  completion_tokens: counted('completion_tokens'),
  total_tokens: counted('total_tokens'),
  cost_usd: costSumSql('cost_usd', isCountedSql('cost_usd')),
  event_count: `countIf(NOT (${isRootSql}))`,
  error_count: `countIf(NOT (${isRootSql}) AND isNotNull(error))`,
};

/** A row for each session: `session_id` and what its events add up to. */
export function sumsSql(query: ExploreQuery, scope: SqlScope, window: HourWindow): string {
  const where = childConditions(query, scope, window).join(' AND ');
  const names = Object.keys(sumColumns);
  // Named in two steps: within one, the engine would take `sum(x) AS x` for a sum of sums.
  const sums = Object.values(sumColumns).map((sql, index) => `${sql} AS s${index}`);
  const renamed = names.map((name, index) => `toFloat64(s${index}) AS ${name}`);
  return `SELECT session_id, ${renamed.join(', ')} FROM (SELECT session_id, ${sums.join(', ')} FROM ${eventTable} FINAL WHERE ${where} GROUP BY session_id)`;
}
