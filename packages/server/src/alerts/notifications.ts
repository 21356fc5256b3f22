import {
  choice,
  describeRecord,
  integer,
  nullable,
  objectText,
  plain,
  real,
  text,
} from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

/** Why somebody is notified. `renotify`: an alarm lasts. */
export const notifiedEdges = ['triggered', 'warning', 'resolved', 'no_data', 'renotify'] as const;

/**
 * A notification that the evaluation of an alert caused: a row of `alert_notifications`, inserted in the transaction
 * that stores the evaluation, and never changed. What delivers it owns everything after that.
 */
export const notificationRecord = describeRecord({
  /** The same for the same alert, group, minute and edge: an evaluation that is repeated adds none. */
  id: plain,
  project_id: plain,
  alert_id: text,
  /** JSON text of the value of the group; '' without grouping ({@link ./alert-store.ts}, `toGroupKey`). */
  group_key: plain,
  edge: choice(notifiedEdges),
  /** End of the evaluated minute, epoch milliseconds. */
  at: integer,
  value: nullable(real),
  /** The threshold that made the edge. */
  threshold: nullable(real),
  /** Epoch milliseconds, inclusive. */
  window_start: integer,
  /** Epoch milliseconds, exclusive. */
  window_end: integer,
  /** JSON of a {@link NotificationPayload}. */
  payload: objectText,
  /** When it was stored, epoch milliseconds. */
  created_at: integer,
});

export type AlertNotification = RecordOf<typeof notificationRecord>;

/** What a message says about the alert, as the alert was when it fired. */
export interface NotificationPayload {
  /** `id`, `name`, `description`, `filters`, `window`, `thresholds`, … as answered. */
  readonly alert: Readonly<Record<string, unknown>>;
  readonly group: string | null;
  /** State of the group after the edge. */
  readonly status: 'ok' | 'warning' | 'critical' | 'no_data';
  /** The limit that a session is at; null except with LOOP. */
  readonly reason: 'repeats' | 'steps' | 'minutes' | 'cost_usd' | null;
  /** Ids of destinations, as the alert names them. */
  readonly destination_ids: readonly string[];
  /** Channel of the level as the vendor names it, if the alert has one. */
  readonly details: Readonly<Record<string, unknown>> | null;
}
