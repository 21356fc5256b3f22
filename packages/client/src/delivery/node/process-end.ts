import type { NoteLoss } from '../losses.ts';
import { postWhileWaiting } from './exit-post.ts';
import type { ExitJob } from './exit-post.ts';
import { addLoss, reportLosses } from './process-losses.ts';

/** What has events to deliver before the process ends. */
export interface ProcessWatched {
  readonly handlesSignals: boolean;
  readonly pending: () => number;
  flushAll(): Promise<void>;
  /**
   * What is to be posted while the process ends, or what waits for a delivery that this call has started; null: there
   * is nothing to do. Never throws.
   *
   * @param isTooLate whether it could not be delivered in time before
   */
  toExitJob(isTooLate: boolean): ExitJob | (() => void) | null;
}

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Tells listeners of this package, other copies of it among them, from those of the application. */
const mark = Symbol.for('honeyhive.signalListener');

const watched = new Set<ProcessWatched>();
/** Those that could not be delivered in time: to try again would only hold the process longer. */
const givenUp = new WeakSet<ProcessWatched>();
let isListening = false;

/**
 * Deliver what is pending when the process ends on its own, through `process.exit()` or an uncaught exception, and,
 * where that is asked for, through a signal. The process ends the way it would have ended.
 *
 * What is watched is held: stop when nothing is pending.
 *
 * @returns a function that stops watching
 */
export function watchProcess(item: ProcessWatched): () => void {
  listen();
  watched.add(item);
  if (item.handlesSignals) listenToSignals();
  return () => {
    watched.delete(item);
    if (item.handlesSignals && ![...watched].some(({ handlesSignals }) => handlesSignals)) {
      for (const signal of signals) process.off(signal, onSignal);
    }
  };
}

/** Counts events that are lost: they are reported when the process ends. */
export const noteProcessLoss: NoteLoss = (logger, loss) => {
  listen();
  addLoss(logger, loss);
};

/** Clients come and go; the two listeners stay. */
function listen(): void {
  if (isListening) return;
  isListening = true;
  process.on('beforeExit', onBeforeExit);
  process.on('exit', endDelivery);
}

// Called again each time that the loop runs empty, until there is nothing left to do.
function onBeforeExit(): void {
  for (const item of watched) {
    if (item.pending() === 0 || givenUp.has(item)) continue;
    void item.flushAll().then(() => {
      if (item.pending() > 0) givenUp.add(item);
    });
  }
}

/** All clients at once: the process waits no longer for many of them than for one. */
function endDelivery(): void {
  const jobs = [...watched].map((item) => item.toExitJob(givenUp.has(item)));
  postWhileWaiting(jobs.filter((job) => job !== null && typeof job !== 'function'));
  for (const finish of jobs) if (typeof finish === 'function') finish();
  reportLosses();
}

function listenToSignals(): void {
  for (const signal of signals) {
    if (!process.listeners(signal).includes(onSignal)) process.on(signal, onSignal);
  }
}

const onSignal = Object.assign(
  (signal: NodeJS.Signals): void => {
    // The application decides what the signal does; when it ends the process, `exit` is emitted.
    if (process.listeners(signal).some((listener) => !(mark in listener))) return;
    endDelivery();
    watched.clear();
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  },
  { [mark]: true },
);
