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
  /** Counts the bodies that are done; the last one is counted when all are. */
  readonly cells: Int32Array<SharedArrayBuffer>;
}

/** Both ends are of this package, and of one version. */
export const assumeExitSetup = (workerData: unknown): ExitSetup => workerData as ExitSetup;
