import { nextBackoff } from 'honeyhive-facts';
import type { BackoffPolicy } from 'honeyhive-facts';
import type { Random } from '../runtime/clock.ts';
import type { BackgroundTimers } from '../runtime/clock.ts';

/** Holds all batches back while the service is away or asks for a pause. */
export interface Gate {
  /** Settles when sending may continue, or when the gate is opened for good. */
  wait(): Promise<void>;
  /** @param askedMs as the service asks; null: as long as the backoff says */
  pause(askedMs: number | null): void;
  /** The service has answered: the next failure is a first one again. */
  noteAnswer(): void;
  /** Milliseconds until sending continues; 0 when it may. */
  pausedForMs(): number;
  /** Let everybody through from now on. */
  open(): void;
}

/** What the gate takes from around it. */
export interface GateDeps {
  readonly timers: BackgroundTimers;
  readonly monotonicMs: () => number;
  readonly random: Random;
}

/** Failures in a row after which a short `Retry-After` is no longer taken at its word. */
const patientAfter = 3;

export function createGate(policy: BackoffPolicy, deps: GateDeps): Gate {
  const { timers, monotonicMs, random } = deps;
  let failures = 0;
  let closedUntilMs = 0;
  let isOpenForGood = false;
  let waiting: (() => void)[] = [];
  let isTimerSet = false;

  const pausedForMs = () => (isOpenForGood ? 0 : Math.max(0, closedUntilMs - monotonicMs()));
  const letThrough = () => {
    isTimerSet = false;
    if (pausedForMs() > 0) return setTimer();
    const through = waiting;
    waiting = [];
    for (const go of through) go();
  };
  const setTimer = () => {
    if (isTimerSet || waiting.length === 0) return;
    isTimerSet = true;
    timers.after(pausedForMs(), letThrough);
  };
  const backoffMs = () => nextBackoff(failures, policy, random);
  // A service that says "now" again and again would be asked without a pause.
  const isPatient = (askedMs: number | null) => askedMs === null || failures > patientAfter;
  return {
    pausedForMs,
    async wait() {
      if (pausedForMs() === 0) return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        setTimer();
      });
    },
    pause(askedMs) {
      // Batches that were in flight together fail together: that is one failure.
      if (askedMs === null && pausedForMs() > 0) return;
      failures += 1;
      const forMs = Math.max(askedMs ?? 0, isPatient(askedMs) ? backoffMs() : 0);
      closedUntilMs = Math.max(closedUntilMs, monotonicMs() + forMs);
    },
    noteAnswer() {
      failures = 0;
    },
    open() {
      isOpenForGood = true;
      letThrough();
    },
  };
}
