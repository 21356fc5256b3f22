import type { Compression, OnDrop, OnFull } from './delivery-config.ts';

/** Where events are written ahead of their delivery. */
export interface SpoolOptions {
  /** Folder on a disk of this machine; made when it is not there. One for each service and key; processes of one machine may share it. */
  readonly dir: string;
  /** Bytes that the files of one client may take. Events beyond it are in memory only. @default 268435456 (256 MiB) */
  readonly maxBytes?: number | undefined;
}

/** Options of background delivery: `logEvent`, `logSession`, `flush`. */
export interface DeliveryOptions {
  /** Events in one batch at most. @default 2000 */
  readonly maxBatchEvents?: number | undefined;
  /** Bytes of JSON in one batch at most, before compression; an event that is larger goes alone. @default 2097152 (2 MiB) */
  readonly maxBatchBytes?: number | undefined;
  /** Seconds that an event waits for others at most; 500 events or 512 KiB are sent at once. @default 1 */
  readonly flushInterval?: number | undefined;
  /** Events that may wait or be under way. @default 200000 */
  readonly maxQueueEvents?: number | undefined;
  /** Bytes of JSON that may wait or be under way. @default 134217728 (128 MiB) */
  readonly maxQueueBytes?: number | undefined;
  /** Batches under way at once; one session is only ever in one of them. @default 4 */
  readonly maxInFlight?: number | undefined;
  /**
   * What to do with an event when the queue is full. @default 'drop-newest'
   *
   * - `drop-newest`: drop it.
   * - `drop-oldest`: drop those that have waited longest, to make room.
   * - `block`: take it, and let `accepted` of its receipt settle when there is room again. Callers that await
   *   that are held back; those that do not are dropped once the queue is twice as full as it may be.
   * - `throw`: drop it and throw a `HoneyHiveError` with the code `queue_full`.
   */
  readonly onFull?: OnFull | undefined;
  /** Called once for each event that is dropped, after the call that dropped it. What it throws is ignored. */
  readonly onDrop?: OnDrop | undefined;
  /** How batches are sent: `auto` is gzip, except to a service on this machine. @default 'auto' */
  readonly compression?: Compression | undefined;
  /** Seconds that the end of the process may wait for the service without an answer; 0 does not wait. @default 2 */
  readonly exitTimeout?: number | undefined;
  /** Deliver what is pending on SIGTERM, SIGINT and SIGHUP, then let the signal do what it does. Does nothing when the application listens to the signal itself. @default false */
  readonly handleSignals?: boolean | undefined;
  /** Write events to disk ahead of their delivery, so that they survive `kill -9`, and deliver those that an earlier process has left. Node.js only; without effect in `testMode`. */
  readonly spool?: SpoolOptions | undefined;
}
