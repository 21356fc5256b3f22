import type { Cancellation } from './cancellation.ts';

// Taken when the module is loaded: fake timers of a test that are installed later stall nothing in here.
const { setTimeout, clearTimeout, setImmediate } = globalThis;
const monotonicMs = /* @__PURE__ */ performance.now.bind(performance);

/** The only place that reads the time, sets timers and makes random numbers. */
export interface Clock {
  /** Epoch milliseconds, an integer. */
  now(): number;
  /** Milliseconds since some fixed point, never going back. */
  monotonicMs(): number;
  /** Calls `run` once after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, run: () => void): () => void;
  /** Settles after `delayMs`; rejects with the signal's reason as soon as that aborts. */
  sleep(delayMs: number, signal: Cancellation): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  sleep: (delayMs, signal) =>
    new Promise((resolve, reject) => {
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }, delayMs);
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    }),
};

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/** Good enough to spread retries; never for ids. */
export const systemRandom: Random = () => Math.random();

/** Fills `bytes` with numbers that nobody can guess. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => void;

export const systemFillRandom: FillRandom = (bytes) => {
  crypto.getRandomValues(bytes);
};

/** Timers that do not keep the process alive. */
export interface BackgroundTimers {
  /** Calls `run` once after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, run: () => void): () => void;
  /** Calls `run` in the next turn of the event loop. */
  soon(run: () => void): void;
}

export const backgroundTimers: BackgroundTimers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    // Browsers return numbers for timers; those of Node.js can be unreferenced.
    if (canUnref(timer)) timer.unref();
    return () => clearTimeout(timer);
  },
  soon: (run) => {
    if (typeof setImmediate === 'function') setImmediate(run);
    else setTimeout(run, 0);
  },
};

const canUnref = (timer: unknown): timer is { unref(): void } =>
  typeof timer === 'object' && timer !== null && 'unref' in timer;

/** The machine's own clock, for what must not keep the process alive. */
export const backgroundClock: Clock = { ...systemClock, after: backgroundTimers.after };
