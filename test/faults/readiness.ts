import { call } from 'honeyhive-testkit';
import type { Target } from 'honeyhive-testkit';
import { setTimeout as delay } from 'node:timers/promises';

/** What `/ready` says, asked again and again. */
export interface Readiness {
  /** Statuses of the answers so far; 0 where there was none. */
  readonly statuses: readonly number[];
  /** Resolves with the next answer of that status. Rejects after `withinMs`. @param withinMs default 20,000 */
  until(status: number, withinMs?: number): Promise<void>;
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
    async until(status, withinMs = 20_000) {
      const deadline = Date.now() + withinMs;
      const start = statuses.length;
      while (!statuses.slice(start).includes(status)) {
        if (Date.now() > deadline)
          throw new Error(
            `/ready did not answer ${status} within ${withinMs} ms: ${statuses.slice(-20).join()}`,
          );
        await delay(everyMs / 2);
      }
    },
    async stop() {
      isOver = true;
      await asking;
    },
  };
}
