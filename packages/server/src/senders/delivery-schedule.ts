import { nextBackoff } from 'honeyhive-facts';
import type { SendOutcome } from './send-outcome.ts';

/** How long a delivery is retried, milliseconds. */
export const retryForMs = 24 * 3_600_000;

/** After 5 s, 10 s, 20 s, … at most an hour, each up to half as long by chance: about 33 attempts in 24 hours. */
const backoff = { baseMs: 5_000, capMs: 3_600_000, jitterRatio: 0.5 };

/** Outcome of an attempt for its delivery. */
export type Decision =
  | { readonly status: 'delivered' }
  | { readonly status: 'dead' }
  | { readonly status: 'pending'; readonly nextAttemptAt: number };

/**
 * A delivery gets its last attempt when it expires, and is dead only after that, unless retrying cannot help.
 *
 * @param attempt its number, from 1
 */
export function decideNext(
  outcome: Pick<SendOutcome, 'error' | 'isPermanent' | 'retryAfterMs'>,
  { attempt, expiresAt }: { readonly attempt: number; readonly expiresAt: number },
  { now, random }: { readonly now: number; readonly random: () => number },
): Decision {
  if (outcome.error === null) return { status: 'delivered' };
  if (outcome.isPermanent || now >= expiresAt) return { status: 'dead' };
  const waitMs = Math.max(nextBackoff(attempt, backoff, random), outcome.retryAfterMs ?? 0);
  return { status: 'pending', nextAttemptAt: Math.min(Math.ceil(now + waitMs), expiresAt) };
}
