import type { MessagePort } from 'node:worker_threads';
import type { CallInput } from '../../call/call.ts';
import type { TransportConfig } from '../../options/config.ts';
import type { RetryPolicy } from '../../policy/retry-policy.ts';

/** Where a client sends what is pending at the end of the process. */
export interface ExitRoute {
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly retry: RetryPolicy;
  readonly transport: TransportConfig;
  /** For each request. */
  readonly timeoutMs: number;
}

/** What the worker is to send for one client. */
export interface PostedJob {
  readonly id: number;
  readonly route: ExitRoute;
  /** In order. */
  readonly bodies: readonly Uint8Array[];
}

/** What the worker that posts at the end of the process is started with. */
export interface ExitSetup {
  readonly jobs: readonly PostedJob[];
  /** Of each body. */
  readonly request: CallInput;
  /** See {@link exitCell}. */
  readonly cells: Int32Array<SharedArrayBuffer>;
  /** Takes an {@link ExitResult} for each body that was not stored as a whole. */
  readonly port: MessagePort;
}

/** What became of one body. */
export interface ExitResult {
  readonly job: number;
  readonly body: number;
  /** Events that are not stored; null: all of the body. */
  readonly lost: number | null;
  /** Why the first of them is not. */
  readonly message: string;
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

/** See {@link assumeExitSetup}. */
export const assumeExitResult = (message: unknown): ExitResult => message as ExitResult;
