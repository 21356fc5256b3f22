import type { Clock } from '../runtime/clock.ts';

interface Waiter {
  /** The last event that it waits for. */
  readonly until: number;
  remaining: number;
  readonly resolve: () => void;
}

/** What to wait for. */
export interface FlushWait {
  /** Number of the last event that counts. */
  readonly until: number;
  /** Events up to that one that are not settled yet. */
  readonly remaining: number;
  readonly timeoutMs: number;
}

/** Tells those who wait when all that was logged before is settled. */
export class FlushWaiters {
  #waiters: Waiter[] = [];
  readonly #clock: Pick<Clock, 'after'>;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** Settles when `remaining` more events up to number `until` are settled, or the timeout expires. */
  wait({ until, remaining, timeoutMs }: FlushWait): Promise<void> {
    if (remaining === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        cancelTimer();
        this.#waiters = this.#waiters.filter((each) => each !== waiter);
        resolve();
      };
      const waiter: Waiter = { until, remaining, resolve: finish };
      // This timer holds the process: who waits for a flush wants to see its end.
      const cancelTimer = this.#clock.after(timeoutMs, finish);
      this.#waiters.push(waiter);
    });
  }

  noteSettled(sequence: number): void {
    for (const waiter of this.#waiters) {
      if (sequence > waiter.until) continue;
      waiter.remaining -= 1;
      if (waiter.remaining === 0) waiter.resolve();
    }
  }
}
