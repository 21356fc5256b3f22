import type { EventCondition } from './event-query.ts';

/** Which rows are explored: sessions, by their roots, or events. */
export interface ExploreQuery {
  readonly projectId: string;
  readonly scope: 'sessions' | 'events';
  readonly filters: readonly EventCondition[];
  /** With scope `sessions`: what the filters are about, the root with the sums of its session, or any one event. */
  readonly target: 'session' | 'any_event';
  /** Texts that must all be in one event, case aside; of a session, in any of its events. */
  readonly words: readonly string[];
  /** Inclusive start of the range of `start_time`, epoch milliseconds. */
  readonly fromMs?: number;
  /** Exclusive end. */
  readonly beforeMs?: number;
}

export type RowSortField =
  | 'start_time'
  | 'duration_ms'
  | 'event_name'
  | 'total_tokens'
  | 'cost_usd'
  | 'event_count'
  | 'error_count';

/** The order of rows; those that are equal in it are ordered by their ids. */
export interface RowSort {
  readonly field: RowSortField;
  readonly isDescending: boolean;
}

/** Where a row stands in an order. */
export interface RowPosition {
  readonly value: number | string;
  readonly eventId: string;
}

/** A page of rows. */
export interface RowsQuery extends ExploreQuery {
  readonly sort: RowSort;
  /** The last row of the page before; null begins. */
  readonly after: RowPosition | null;
  readonly limit: number;
  /** Paths whose values the rows carry. */
  readonly columns: readonly (readonly string[])[];
}
