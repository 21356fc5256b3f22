import type { Drop, DropReason } from '../errors/drop.ts';

/** Outcome of an event. */
export type DeliveryOutcome =
  | { readonly status: 'stored' }
  | ({ readonly status: 'dropped' } & Drop);

/** Totals of the events logged so far; `sent` = `stored` + all of `dropped` + `pending`. */
export interface DeliveryReport {
  /** Events that were logged. */
  readonly sent: number;
  /** Events that the service has acknowledged. */
  readonly stored: number;
  /** Dropped events by reason; reasons without events are omitted. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Retried requests. */
  readonly retried: number;
  /** Queued and in-flight events. */
  readonly pending: number;
}

/** {@link DeliveryReport}, and how things stand. */
export interface DeliveryStats extends DeliveryReport {
  /** Events and sessions excluded by `sampling`, including those of awaited calls. */
  readonly unsampled: number;
  /** Events that did not fit into the `spool` and were in memory only. */
  readonly unspooled: number;
  /** Files in the `spool` folder that others may have written; they are not sent. */
  readonly refusedSpoolFiles: number;
  /** Bytes of JSON, queued and in flight. */
  readonly pendingBytes: number;
  /** Batches in flight. */
  readonly inFlight: number;
  /** Milliseconds until the queue resumes; 0 if it is not paused. */
  readonly pausedForMs: number;
}
