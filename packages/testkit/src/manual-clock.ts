/** A fake clock that is advanced manually. */
export interface ManualClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Settles when the clock has moved on by `durationMs`; rejects with the signal's reason. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** How many sleepers wait. */
  pending(): number;
  /** Milliseconds that each sleeper asked for, in the order they came. */
  sleeps(): readonly number[];
  /** Move on, waking sleepers in the order of their times; each runs before the next is woken. */
  advance(durationMs: number): Promise<void>;
}

interface Sleeper {
  readonly wakeAt: number;
  wake(): void;
}

/** Let everything that is ready to run, run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** @param startAt epoch milliseconds; default 2026-01-01T00:00:00Z */
export function createManualClock(startAt = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startAt;
  const sleepers = new Set<Sleeper>();
  const asked: number[] = [];
  const nextUntil = (limit: number) =>
    [...sleepers]
      .filter(({ wakeAt }) => wakeAt <= limit)
      .reduce<Sleeper | undefined>(
        (first, each) => (first === undefined || each.wakeAt < first.wakeAt ? each : first),
        undefined,
      );

  return {
    now: () => nowMs,
    pending: () => sleepers.size,
    sleeps: () => asked,
    sleep(durationMs, signal) {
      asked.push(durationMs);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          wakeAt: nowMs + durationMs,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        sleepers.add(sleeper);
      });
    },
    async advance(durationMs) {
      const until = nowMs + durationMs;
      await settle();
      for (let next = nextUntil(until); next !== undefined; next = nextUntil(until)) {
        nowMs = Math.max(nowMs, next.wakeAt);
        next.wake();
        await settle();
      }
      nowMs = until;
    },
  };
}
