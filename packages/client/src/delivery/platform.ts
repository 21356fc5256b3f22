import type { SpoolConfig } from '../options/delivery-config.ts';
import type { BatchBody } from './body.ts';
import type { Compressors } from './body-encoder.ts';
import type { NoteLoss } from './losses.ts';
import type { Spool, SpoolDeps } from './spool.ts';

/** What delivery needs that is not the same everywhere. */
export interface DeliveryPlatform {
  readonly compressors: Compressors;
  /**
   * Opens the folder in which events are written ahead; null if absent.
   *
   * @throws {HoneyHiveConfigError} when it cannot be written to
   */
  readonly openSpool: ((config: SpoolConfig, deps: SpoolDeps) => Spool) | null;
  /**
   * Take part in the end of the process, while events are pending, until the returned function is called.
   *
   * null where a program does not end in any way that can be seen.
   */
  readonly watchEnd: ((watched: EndWatched) => () => void) | null;
  /** Counts events that are lost, for a report at the end of the process; null where none can be made. */
  readonly noteLoss: NoteLoss | null;
}

/** What is at stake when the process ends. */
export interface EndWatched {
  readonly pending: () => number;
  readonly stored: () => number;
  /** Send all that is pending now; settles when it is done or the timeout expires. */
  flush(timeoutMs: number): Promise<void>;
  /**
   * Bodies of requests that hold everything that is pending and does not outlive the process, in the order of the
   * calls.
   */
  drainToBodies(): BatchBody[];
  /** Why the last request failed that is going to be repeated; null: none did. */
  readonly lastFailure: () => string | null;
}

/** Browsers and edges: a program there does not end in any way that it could see. */
export const webPlatform: DeliveryPlatform = {
  compressors: {
    async gzip(body) {
      const zipped = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
      return new Uint8Array(await new Response(zipped).arrayBuffer());
    },
  },
  openSpool: null,
  watchEnd: null,
  noteLoss: null,
};
