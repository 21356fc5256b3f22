/** The only place that reads the time and sets timers. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed point, never going back. */
  monotonicMs(): number;
  /** Resolves after that many milliseconds. */
  sleep(ms: number): Promise<void>;
  /**
   * Resolves after the event loop had a turn: what waits for it is served between two pieces of long work. Of all who
   * wait, one is served in each turn, so that many long works at once hold up others no longer than one does.
   */
  nextTurn(): Promise<void>;
  /** Calls `run` every so often until the returned function is called; does not keep the process alive. */
  every(intervalMs: number, run: () => void): () => void;
  /** Rejects with what `fail` makes when `work` has not settled in time; `work` itself continues. */
  withLimit<T>(limitMs: number, work: Promise<T>, fail: () => Error): Promise<T>;
}

/** A number from 0 up to, not including, 1: good enough to spread retries, never for ids. */
export const systemRandom = (): number => Math.random();

/** Those who wait for a turn, longest first. */
const waiting: (() => void)[] = [];

function serveNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(serveNext);
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
  nextTurn: () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(serveNext);
    }),
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs).unref();
    return () => clearInterval(timer);
  },
  async withLimit(limitMs, work, fail) {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(fail()), limitMs);
    });
    try {
      return await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  },
};
