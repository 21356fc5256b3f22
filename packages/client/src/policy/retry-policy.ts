import { nextBackoff, parseRetryAfter } from 'honeyhive-facts';
import type { BackoffPolicy } from 'honeyhive-facts';
import { HoneyHiveConnectionError } from '../errors/errors.ts';
import type { Random } from '../runtime/clock.ts';
import type { Replay } from '../wire/pipeline.ts';

/** Which tries are repeated, how often, and after how long. */
export interface RetryPolicy extends BackoffPolicy {
  /** Number of retries; 0 disables them. */
  readonly maxRetries: number;
  /** Statuses after which to try again. */
  readonly statusCodes: ReadonlySet<number>;
}

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failure'; readonly error: unknown };

/** An attempt that ended otherwise than hoped. */
export interface FailedAttempt {
  readonly outcome: Outcome;
  /** Number of the try, from 1. */
  readonly attempt: number;
  readonly replay: Replay;
  /** What is left of the call's time, milliseconds. */
  readonly remainingMs: number;
}

/** What to do about it. */
export type RetryDecision =
  | { readonly retry: false }
  | { readonly retry: true; readonly delayMs: number };

const stop: RetryDecision = { retry: false };

// With these the service says that it did not carry the request out.
const refusals: ReadonlySet<number> = new Set([408, 429, 503]);

/**
 * Whether to try again, and after how long.
 *
 * `Retry-After` wins over the backoff. A wait that would outlast the call's time is not begun: the
 * caller learns what went wrong now rather than that time ran out later.
 *
 * @param around `now` in epoch milliseconds
 */
export function decideRetry(
  failed: FailedAttempt,
  policy: RetryPolicy,
  around: { readonly now: number; readonly random: Random },
): RetryDecision {
  if (failed.attempt > policy.maxRetries) return stop;
  if (!canRepeat(failed.outcome, failed.replay, policy)) return stop;
  const askedMs =
    failed.outcome.kind === 'response'
      ? parseRetryAfter(failed.outcome.retryAfter, around.now)
      : null;
  const delayMs = askedMs ?? nextBackoff(failed.attempt, policy, around.random);
  return delayMs < failed.remainingMs ? { retry: true, delayMs } : stop;
}

function canRepeat(outcome: Outcome, replay: Replay, policy: RetryPolicy): boolean {
  if (replay === 'never') return false;
  if (outcome.kind === 'response') {
    if (!policy.statusCodes.has(outcome.status)) return false;
    return replay === 'safe' || refusals.has(outcome.status);
  }
  const { error } = outcome;
  if (!(error instanceof HoneyHiveConnectionError) || !error.retryable) return false;
  return replay === 'safe' || !error.mayHaveArrived;
}
