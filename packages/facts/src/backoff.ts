/** How long to wait between tries. */
export interface BackoffPolicy {
  /** Backoff after the first attempt in milliseconds; doubles with each attempt. */
  readonly baseMs: number;
  /** Longest wait, milliseconds. */
  readonly capMs: number;
  /** Share of the wait that is left to chance: 1 is full jitter, 0 none. */
  readonly jitterRatio: number;
}

/**
 * Milliseconds to wait after try number `attempt`, which counts from 1.
 *
 * Full jitter spreads clients that failed together over the whole interval.
 */
export function nextBackoff(attempt: number, policy: BackoffPolicy, random: () => number): number {
  const fullMs = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  return fullMs * (1 - policy.jitterRatio * (1 - random()));
}
