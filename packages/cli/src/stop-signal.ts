import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A terminal sends Ctrl-C to every process of the foreground, and npm passes it on: two signals, one wish. */
const sameWishMs = 500;

/** Listens for the wish to stop. */
export interface StopSignal {
  /** Resolves with the first signal. From then on, a second wish ends the process at once. */
  readonly received: Promise<NodeJS.Signals>;
  readonly isReceived: () => boolean;
}

/** Takes over SIGINT, SIGTERM and SIGHUP of this process. */
export function listenForStop(): StopSignal {
  let firstAt: number | null = null;
  const received = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of signals) {
      process.on(signal, () => {
        firstAt ??= performance.now();
        if (performance.now() - firstAt > sameWishMs) process.exit(128 + constants.signals[signal]);
        resolve(signal);
      });
    }
  });
  return { received, isReceived: () => firstAt !== null };
}
