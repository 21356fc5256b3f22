import type { Compression, OnDrop, OnFull } from './delivery-config.ts';

/** Write-ahead log of events. */
export interface SpoolOptions {
  /**
   * Folder on a local disk; created if missing. One for each service and key; processes of one machine may share it.
   */
  readonly dir: string;
  /** Maximum bytes of the files of one client. Further events are in memory only. @default 268435456 (256 MiB) */
  readonly maxBytes?: number | undefined;
}

/** Options of background delivery: `logEvent`, `logSession`, `flush`. */
export interface DeliveryOptions {
  /** Maximum number of events in one batch. @default 2000 */
  readonly maxBatchEvents?: number | undefined;
  /** Maximum bytes of JSON in one batch, before compression; a larger event is sent alone. @default 2097152 (2 MiB) */
  readonly maxBatchBytes?: number | undefined;
  /** Maximum seconds before a batch is sent; 500 events or 512 KiB are sent immediately. @default 1 */
  readonly flushInterval?: number | undefined;
  /** Maximum number of pending events. @default 200000 */
  readonly maxQueueEvents?: number | undefined;
  /** Maximum bytes of JSON of pending events. @default 134217728 (128 MiB) */
  readonly maxQueueBytes?: number | undefined;
  /** Maximum number of batches in flight; events of one session are in at most one of them. @default 4 */
  readonly maxInFlight?: number | undefined;
  /**
   * What to do with an event when the queue is full. @default 'drop-newest'
   *
   * - `drop-newest`: drop it.
   * - `drop-oldest`: drop the oldest events to make room.
   * - `block`: accept it, and resolve `accepted` of its receipt when there is room again. Callers that do not await it
   *   can fill the queue to twice its limit; further events are dropped.
   * - `throw`: drop it and throw a `HoneyHiveError` with the code `queue_full`.
   */
  readonly onFull?: OnFull | undefined;
  /** Called once for each dropped event, after the call that dropped it. Exceptions are ignored. */
  readonly onDrop?: OnDrop | undefined;
  /**
   * How batches are sent: `auto` is gzip, or zstd on Node.js from 22.15 on if the service takes it; not for loopback.
   * @default 'auto'
   */
  readonly compression?: Compression | undefined;
  /** Seconds that process exit may wait for a response; 0 does not wait. @default 2 */
  readonly exitTimeout?: number | undefined;
  /**
   * Deliver pending events on SIGTERM, SIGINT and SIGHUP, before the signal takes effect. No effect if the application
   * listens to the signal. @default false
   */
  readonly handleSignals?: boolean | undefined;
  /**
   * Write events to disk before delivery, so that they survive `kill -9`, and deliver those left by an earlier process.
   * Node.js only; no effect in `testMode`.
   */
  readonly spool?: SpoolOptions | undefined;
}
