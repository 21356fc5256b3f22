import type { BackoffPolicy } from 'honeyhive-facts';
import type { DroppedEvent } from '../errors/drop.ts';
import type { Logger } from './logger.ts';

/** What to do with an event when the queue is full. */
export type OnFull = 'block' | 'drop-oldest' | 'drop-newest' | 'throw';

/** How bodies are sent: `auto` is zstd or gzip, except for loopback. */
export type Compression = 'auto' | 'gzip' | 'none';

/** Called once for each dropped event. */
export type OnDrop = (event: DroppedEvent) => void;

/** Write-ahead log of events. */
export interface SpoolConfig {
  readonly dir: string;
  /** Of the files of one client. */
  readonly maxBytes: number;
}

/** The options of background delivery, complete. */
export interface DeliveryConfig {
  readonly maxBatchEvents: number;
  readonly maxBatchBytes: number;
  readonly flushIntervalMs: number;
  readonly maxQueueEvents: number;
  readonly maxQueueBytes: number;
  readonly maxInFlight: number;
  readonly onFull: OnFull;
  /** null: nobody wants to know. */
  readonly onDrop: OnDrop | null;
  /** `auto`: zstd where platform and service can, else gzip. */
  readonly compression: Compression;
  readonly backoff: BackoffPolicy;
  /** Default of `flush()`, and limit of `close()`. */
  readonly flushTimeoutMs: number;
  /** Without an answer, at the end of the process; 0 does not wait. */
  readonly exitTimeoutMs: number;
  readonly handlesSignals: boolean;
  /** Reports events that are lost; null: nobody does. */
  readonly logger: Logger | null;
  /** null: events wait in memory alone. */
  readonly spool: SpoolConfig | null;
}

/** A service that is back should not wait a minute for what was kept. */
const longestBackoffMs = 5000;

export const toDeliveryBackoff = (policy: BackoffPolicy): BackoffPolicy => ({
  baseMs: policy.baseMs,
  capMs: Math.min(policy.capMs, longestBackoffMs),
  jitterRatio: policy.jitterRatio,
});

const ownMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether the host of a URL is this machine. */
export const isOwnMachine = (hostname: string): boolean => ownMachine.test(hostname);

/** Compression costs time on both ends, which only a network between them pays back. */
export const toCompression = (compression: Compression, baseUrl: string): Compression =>
  compression === 'auto' && isOwnMachine(new URL(baseUrl).hostname) ? 'none' : compression;
