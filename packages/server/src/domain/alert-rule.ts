import type { AlertWindow } from './alert-window.ts';
import type { ChartQuery, EventCondition } from './event-query.ts';

/**
 * A number of each event. `error`: 1 for one with an error, else 0. `events`: every event counts as 1. `meets`: 1 for
 * one that meets the conditions as well, else 0.
 */
export type AlertMetric =
  | 'error'
  | 'events'
  | { readonly path: readonly string[] }
  | { readonly meets: readonly EventCondition[] };

/** What the numbers of a window are made into. */
export interface Measure {
  readonly metric: AlertMetric;
  readonly aggregation: ChartQuery['aggregation'];
}

export interface Threshold {
  readonly operator: 'greater_than' | 'less_than' | 'equal_to';
  readonly value: number;
}

/** Whether a value is where an alarm is. */
export function meetsThreshold(value: number, { operator, value: limit }: Threshold): boolean {
  switch (operator) {
    case 'greater_than':
      return value > limit;
    case 'less_than':
      return value < limit;
    case 'equal_to':
      return value === limit;
  }
}

/** When a group has an alarm, and when it is over. */
export interface AlarmRule {
  readonly critical: Threshold;
  readonly warning: Threshold | null;
  /** null: when `critical` does not hold any more. */
  readonly resolved: Threshold | null;
  /** Of further measures, in their order. */
  readonly further: { readonly match: 'all' | 'any'; readonly of: readonly Threshold[] };
  readonly minimumSample: number;
  readonly missingData: 'keep' | 'zero' | 'alert';
  /** null: once. */
  readonly renotifyMs: number | null;
}

/** Limits of a session; null: none. */
export interface LoopRule {
  readonly repeats: number | null;
  readonly steps: number | null;
  readonly minutes: number | null;
  readonly costUsd: number | null;
}

interface Watched {
  readonly filters: readonly EventCondition[];
  readonly renotifyMs: number | null;
}

/** What an alert watches. */
export type AlertRule =
  | (Watched & {
      /** `change`: against the window before, in percent. */
      readonly kind: 'level' | 'change';
      readonly window: AlertWindow;
      readonly groupBy: readonly string[] | null;
      /** That of the thresholds, then those of further conditions. */
      readonly measures: readonly [Measure, ...Measure[]];
      readonly alarm: AlarmRule;
    })
  | (Watched & { readonly kind: 'event'; readonly measure: Measure; readonly alarm: AlarmRule })
  | (Watched & { readonly kind: 'loop'; readonly loop: LoopRule });
