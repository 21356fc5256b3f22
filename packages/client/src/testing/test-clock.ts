import { createManualClock } from 'honeyhive-testkit';
import type { ManualClock } from 'honeyhive-testkit';
import { listenForAbort } from '../runtime/abort-listener.ts';
import type { Clock } from '../runtime/clock.ts';

/** A fake clock that is advanced manually. */
export interface TestClock extends Clock {
  readonly manual: ManualClock;
}

export function createTestClock(startAt?: number): TestClock {
  const manual = createManualClock(startAt);
  return {
    manual,
    now: manual.now,
    monotonicMs: manual.now,
    async sleep(delayMs, signal) {
      const controller = new AbortController();
      const stopListening = listenForAbort(signal, () => controller.abort(signal.reason));
      if (signal.aborted) controller.abort(signal.reason);
      try {
        await manual.sleep(delayMs, controller.signal);
      } finally {
        stopListening();
      }
    },
    after(delayMs, run) {
      const controller = new AbortController();
      manual.sleep(delayMs, controller.signal).then(run, () => undefined);
      return () => controller.abort();
    },
  };
}
