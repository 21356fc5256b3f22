import { Problem } from '../domain/problem.ts';

/** Failures that one address may have in a window. */
const maxFailures = 10;
const windowMs = 60_000;
const maxAddresses = 10_000;

/** Slows down whoever guesses: after some failures, an address has to wait. */
export interface FailureLimit {
  /** @throws {Problem} `rate_limited` when the address failed too often */
  check(address: string): void;
  /** A failure of the address. */
  count(address: string): void;
}

/** @param monotonicMs milliseconds that never go back */
export function createFailureLimit(monotonicMs: () => number): FailureLimit {
  const failures = new Map<string, { count: number; until: number }>();
  const find = (address: string) => {
    const found = failures.get(address);
    return found && found.until > monotonicMs() ? found : null;
  };
  return {
    check(address) {
      const found = find(address);
      if (!found || found.count < maxFailures) return;
      const retryAfter = Math.ceil((found.until - monotonicMs()) / 1000);
      throw new Problem('rate_limited', `Too many failures; try again in ${retryAfter} s.`, {
        retryAfter,
        issues: [{ field: 'api_key', message: `at most ${maxFailures} failures a minute` }],
      });
    },
    count(address) {
      const found = find(address);
      if (found) {
        found.count += 1;
        return;
      }
      if (failures.size >= maxAddresses) failures.clear();
      failures.set(address, { count: 1, until: monotonicMs() + windowMs });
    },
  };
}
