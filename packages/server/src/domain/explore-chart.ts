import type { ChartQuery } from './event-query.ts';
import type { ExploreQuery } from './explore-query.ts';

/** A question about rows over time. `starts` are edges of buckets, epoch milliseconds, ascending. */
export interface TimedQuery {
  readonly rows: ExploreQuery;
  readonly starts: readonly number[];
}

/** How many rows of a bucket went well and how many did not. */
export interface HistogramPoint {
  readonly start: number;
  readonly ok: number;
  readonly error: number;
}

/** A number over time for the largest groups, and for all others together. */
export interface SeriesQuery extends TimedQuery {
  readonly metric: readonly string[];
  readonly aggregation: ChartQuery['aggregation'];
  /** Whether counts, sums and averages are of all rows that the sample stands for. @default false */
  readonly isEstimated?: boolean;
  /** null: all rows are one group. */
  readonly groupBy: readonly string[] | null;
  /** Groups that have their own series. */
  readonly top: number;
}

/** A series of a chart; `'others'` is all groups beyond the largest. */
export interface ChartSeries {
  readonly group: { readonly value: string | null } | 'others';
  /** Over the whole range. */
  readonly total: number | null;
  readonly count: number;
  /** By the start of the bucket; those without a value are left out. */
  readonly points: ReadonlyMap<number, number>;
}

export interface SeriesResult {
  /** Largest first, the others last. */
  readonly series: readonly ChartSeries[];
  readonly groupCount: number;
}

export type GroupSortField =
  | 'count'
  | 'error_count'
  | 'p50_ms'
  | 'p95_ms'
  | 'total_tokens'
  | 'cost_usd'
  | 'value';

export interface GroupsQuery {
  readonly rows: ExploreQuery;
  readonly groupBy: readonly string[];
  readonly sort: { readonly field: GroupSortField; readonly isDescending: boolean };
  readonly limit: number;
}

/** A question about how long events took, and about one duration among them. */
export interface DurationsQuery {
  readonly rows: ExploreQuery;
  readonly durationMs: number | null;
}

/** Steps of the scale of durations in which a duration doubles. */
export const stepsPerDoubling = 4;

/** How many events took how long. */
export interface DurationSpread {
  readonly count: number;
  readonly shorter: number;
  readonly equal: number;
  /** By step of the scale, ascending: step 0 begins at 1 ms. */
  readonly bars: readonly { readonly step: number; readonly count: number }[];
}

/** What the rows of a group add up to. */
export interface RowGroup {
  /** null: rows without a value. */
  readonly value: string | null;
  readonly count: number;
  readonly errorCount: number;
  /** null when no row has a duration. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly totalTokens: number;
  readonly costUsd: number;
}
