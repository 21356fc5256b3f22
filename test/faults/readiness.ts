import { call } from 'honeyhive-testkit';
import type { Target } from 'honeyhive-testkit';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from './wait-until.ts';

/** What `/ready` says, asked again and again. */
export interface Readiness {
  /** Statuses of the responses so far; 0 without a response. */
  readonly statuses: readonly number[];
  /** Resolves with the next answer of that status. */
  until(status: number): Promise<void>;
  /** The next answers, that many. */
  take(count: number): Promise<readonly number[]>;
  stop(): Promise<void>;
}

const everyMs = 40;

export function watchReadiness(target: Target): Readiness {
  const statuses: number[] = [];
  let isOver = false;
  const ask = async () => {
    while (!isOver) {
      const answer = await call(target, 'GET /ready').catch(() => null);
      statuses.push(answer?.status ?? 0);
      await delay(everyMs);
    }
  };
  const asking = ask();
  return {
    statuses,
    async until(status) {
      const start = statuses.length;
      await waitUntil(
        () => statuses.slice(start).includes(status),
        () => `/ready did not answer ${status}: ${statuses.slice(-20).join()}`,
      );
    },
    async take(count) {
      const start = statuses.length;
      await waitUntil(
        () => statuses.length >= start + count,
        () => '/ready is not answered',
      );
      return statuses.slice(start, start + count);
    },
    async stop() {
      isOver = true;
      await asking;
    },
  };
}
