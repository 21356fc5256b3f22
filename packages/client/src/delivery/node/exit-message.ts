import type { TransportConfig } from '../../options/config.ts';
import type { RetryPolicy } from '../../policy/retry-policy.ts';

/** What the worker that posts at the end of the process is started with. */
export interface ExitSetup {
  readonly bodies: readonly Uint8Array[];
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly retry: RetryPolicy;
  readonly transport: TransportConfig;
  /** For each request. */
  readonly timeoutMs: number;
  /** See {@link exitCell}. */
  readonly cells: Int32Array<SharedArrayBuffer>;
}

/** Places in the memory that both threads see. */
export const exitCell = {
  /** Bodies that are done. The thread that waits sleeps on this one. */
  done: 0,
  /** 1 once the worker runs. */
  isUp: 1,
} as const;

/** Both ends are of this package, and of one version. */
export const assumeExitSetup = (workerData: unknown): ExitSetup => workerData as ExitSetup;
