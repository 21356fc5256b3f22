import type { Drop, DropReason } from '../errors/drop.ts';

/** What became of an event. */
export type DeliveryOutcome =
  | { readonly status: 'stored' }
  | ({ readonly status: 'dropped' } & Drop);

/** What became of the events logged so far; `sent` = `stored` + all of `dropped` + `pending`. */
export interface DeliveryReport {
  /** Events that were logged. */
  readonly sent: number;
  /** Events that the service has acknowledged. */
  readonly stored: number;
  /** Events that were given up, by reason; reasons without any are left out. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Requests that were sent again. */
  readonly retried: number;
  /** Events that wait or are under way. */
  readonly pending: number;
}

/** {@link DeliveryReport}, and how things stand. */
export interface DeliveryStats extends DeliveryReport {
  /** Events and sessions that `sampling` did not keep, those of awaited calls among them. */
  readonly unsampled: number;
  /** Events that `spool` could not hold, and that were in memory only. */
  readonly unspooled: number;
  /** Files in the folder of `spool` that others may have written, which are not sent. */
  readonly refusedSpoolFiles: number;
  /** Bytes of JSON that wait or are under way. */
  readonly pendingBytes: number;
  /** Batches under way. */
  readonly inFlight: number;
  /** Milliseconds until the queue goes on; 0 when it is not paused. */
  readonly pausedForMs: number;
}
