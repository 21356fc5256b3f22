import type { EventCondition } from './event-query.ts';
import type { FieldSnippet } from './snippet.ts';

/** Where the root of a session is. */
export interface RootPlace {
  readonly sessionId: string;
  /** Hours since the epoch. */
  readonly hour: number;
  /** Epoch milliseconds. */
  readonly startTime: number;
}

/** An event that has the words of a query. */
export interface WordMatch extends RootPlace {
  readonly eventId: string;
  /** Where it has the first of them; null if a change took it away meanwhile. */
  readonly snippet: FieldSnippet | null;
}

/** Which rows are explored: sessions, by their roots, or events. */
export interface ExploreQuery {
  readonly projectId: string;
  readonly scope: 'sessions' | 'events';
  readonly filters: readonly EventCondition[];
  /** With scope `sessions`: what the filters are about, the root with the sums of its session, or any one event. */
  readonly target: 'session' | 'any_event';
  /** Texts that must all be in one event, case aside; of a session, in any of its events. */
  readonly words: readonly string[];
  /**
   * Inclusive start of the range of `start_time`, epoch milliseconds. A session is in the range when any event of it,
   * its root included, starts in it.
   */
  readonly fromMs?: number;
  /** Exclusive end. */
  readonly beforeMs?: number;
  /**
   * With scope `sessions`: roots that start outside of the range, of sessions that are in it; the store looks them up.
   * `many`: too many to list. Without it, only sessions that start in the range are rows.
   */
  readonly outsideRoots?: readonly RootPlace[] | 'many';
  /**
   * All events that have the words and, with target `any_event`, meet the filters; the store looks them up. Without
   * it, they are too many to list.
   */
  readonly matches?: readonly WordMatch[];
}

export type RowSortField =
  | 'start_time'
  | 'last_activity'
  | 'duration_ms'
  | 'event_name'
  | 'total_tokens'
  | 'cost_usd'
  | 'event_count'
  | 'error_count';

/** The order of rows; those that are equal in it are ordered by arrival, then end, then id. */
export interface RowSort {
  readonly field: RowSortField;
  readonly isDescending: boolean;
}

/** Where a row stands in an order. */
export interface RowPosition {
  readonly value: number | string;
  /** Arrival, epoch milliseconds. */
  readonly createdAt: number;
  /** End, epoch milliseconds; 0 if the id tells the order. */
  readonly tieEnd: number;
  readonly eventId: string;
}

/** A page of rows. */
export interface RowsQuery extends ExploreQuery {
  readonly sort: RowSort;
  /** The last row of the page before; null begins. */
  readonly after: RowPosition | null;
  readonly limit: number;
  /** Whether all rows are counted at the same time. @default true */
  readonly isCounted?: boolean;
  /** Paths whose values the rows carry. */
  readonly columns: readonly (readonly string[])[];
}
