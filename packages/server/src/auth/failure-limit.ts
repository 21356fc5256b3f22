import { LRUCache } from 'lru-cache';
import { Problem } from '../domain/problem.ts';

/** Failures that one subject may have in a window. */
const maxFailures = 10;
/** From the first failure on, milliseconds. */
export const failureWindowMs = 60_000;
/** The ones that failed least recently are evicted first: about 2 MB. */
const maxSubjects = 10_000;

/**
 * Limits failed attempts. Valid keys are never rejected: 190 random bits need no limit, and a limit by address would
 * let one caller lock out all others behind the same address.
 */
export interface FailureLimit {
  /**
   * Counts a failure.
   *
   * @param subject what it is counted by: a key's public id, or an address
   * @returns what to answer: the failure itself, or `rate_limited` when there were too many within a minute
   */
  count(subject: string, failure: Problem): Promise<Problem>;
}

/** @param monotonicMs milliseconds that never go back */
export function createFailureLimit(monotonicMs: () => number): FailureLimit {
  const failures = new LRUCache<string, { count: number; readonly until: number }>({
    max: maxSubjects,
  });
  return {
    async count(subject, failure) {
      const known = failures.get(subject);
      const now = monotonicMs();
      const found =
        known !== undefined && known.until > now
          ? known
          : { count: 0, until: now + failureWindowMs };
      found.count += 1;
      failures.set(subject, found);
      return limitFailure({ count: found.count, leftMs: found.until - now }, failure);
    },
  };
}

/** What to answer to a failure. */
export const limitFailure = (
  { count, leftMs }: { readonly count: number; readonly leftMs: number },
  failure: Problem,
): Problem => (count <= maxFailures ? failure : tooMany(leftMs));

function tooMany(waitMs: number): Problem {
  const retryAfter = Math.ceil(waitMs / 1000);
  return new Problem('rate_limited', `Too many failures; try again in ${retryAfter} s.`, {
    retryAfter,
    issues: [{ field: 'api_key', message: `at most ${maxFailures} failures a minute` }],
  });
}
