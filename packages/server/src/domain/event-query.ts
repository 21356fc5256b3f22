import type { FilterOperator, FilterType } from 'honeyhive-facts';

export type { FilterOperator, FilterType };

/** One parsed condition. */
export interface EventFilter {
  /** A root field of the wire event, or a bucket followed by the path inside it. */
  readonly path: readonly string[];
  readonly operator: FilterOperator;
  /** null only with `exists` and `not exists`. */
  readonly value: string | number | boolean | null;
  readonly type: FilterType;
}

/** A condition, or several of which one must hold. */
export type EventCondition = EventFilter | { readonly anyOf: readonly EventFilter[] };

/** Which events to read. */
export interface EventQuery {
  /** At least one; every query is confined to them. */
  readonly projectIds: readonly string[];
  readonly filters: readonly EventCondition[];
  /** Inclusive bounds of `start_time`, epoch milliseconds. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only roots of sessions. */
  readonly rootsOnly: boolean;
}

/** A page of what a query matches, newest first. */
export interface EventPageQuery extends EventQuery {
  readonly limit: number;
  readonly offset: number;
}

/** A number over time. */
export interface ChartQuery extends EventQuery {
  /** Root field (`duration`, …) or bucket path of the number. */
  readonly metric: readonly string[];
  readonly groupBy?: readonly string[];
  readonly bucket: 'minute' | 'hour' | 'day' | 'week' | 'month';
  readonly aggregation:
    | 'avg'
    | 'p50'
    | 'p75'
    | 'p90'
    | 'p95'
    | 'p99'
    | 'count'
    | 'sum'
    | 'min'
    | 'max';
}
