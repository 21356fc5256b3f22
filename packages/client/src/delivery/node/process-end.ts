/** What has events to deliver before the process ends. */
export interface ProcessWatched {
  readonly handlesSignals: boolean;
  readonly pending: () => number;
  flushAll(): Promise<void>;
  /** Blocks the thread until all is delivered or the timeout expires. Never throws. */
  flushBlocking(): void;
}

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Tells listeners of this package, other copies of it among them, from those of the application. */
const mark = Symbol.for('honeyhive.signalListener');

const watched = new Set<ProcessWatched>();
/** Those that could not be delivered in time: to try again would only hold the process longer. */
const givenUp = new WeakSet<ProcessWatched>();

/**
 * Deliver what is pending when the process ends on its own, through `process.exit()` or an uncaught exception, and,
 * where that is asked for, through a signal. The process ends the way it would have ended.
 *
 * @returns a function that stops watching
 */
export function watchProcess(item: ProcessWatched): () => void {
  if (watched.size === 0) {
    process.on('beforeExit', onBeforeExit);
    process.on('exit', onExit);
  }
  watched.add(item);
  if (item.handlesSignals) listenToSignals();
  return () => {
    watched.delete(item);
    if (watched.size === 0) {
      process.off('beforeExit', onBeforeExit);
      process.off('exit', onExit);
    }
    if (![...watched].some(({ handlesSignals }) => handlesSignals)) {
      for (const signal of signals) process.off(signal, onSignal);
    }
  };
}

const listPending = (): ProcessWatched[] =>
  [...watched].filter((item) => item.pending() > 0 && !givenUp.has(item));

// Called again each time that the loop runs empty, until there is nothing left to do.
function onBeforeExit(): void {
  for (const item of listPending()) {
    void item.flushAll().then(() => {
      if (item.pending() > 0) givenUp.add(item);
    });
  }
}

function onExit(): void {
  for (const item of listPending()) item.flushBlocking();
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
    for (const item of listPending()) {
      item.flushBlocking();
      givenUp.add(item);
    }
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  },
  { [mark]: true },
);
