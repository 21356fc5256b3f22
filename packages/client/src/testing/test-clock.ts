import { createManualClock } from 'honeyhive-testkit';
import type { ManualClock } from 'honeyhive-testkit';
import type { Clock } from '../runtime/clock.ts';

/** A clock of the client's kind that stands still until it is told to move. */
export interface TestClock extends Clock {
  readonly manual: ManualClock;
}

export function createTestClock(startAt?: number): TestClock {
  const manual = createManualClock(startAt);
  return {
    manual,
    now: manual.now,
    monotonicMs: manual.now,
    sleep: manual.sleep,
    after(delayMs, run) {
      const controller = new AbortController();
      manual.sleep(delayMs, controller.signal).then(run, () => undefined);
      return () => controller.abort();
    },
  };
}
