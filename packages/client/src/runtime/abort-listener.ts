import type { Cancellation } from './cancellation.ts';

const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `run` when the signal aborts, until the returned function is called.
 *
 * However many calls share an `AbortSignal`, it gets one listener: Node warns of a leak from the eleventh on.
 */
export function listenForAbort(signal: Cancellation, run: () => void): () => void {
  if (signal instanceof AbortSignal) {
    const set = listeners.get(signal) ?? subscribe(signal);
    set.add(run);
    return () => set.delete(run);
  }
  signal.addEventListener('abort', run);
  return () => signal.removeEventListener('abort', run);
}

function subscribe(signal: AbortSignal): Set<() => void> {
  const set = new Set<() => void>();
  listeners.set(signal, set);
  signal.addEventListener(
    'abort',
    () => {
      for (const run of set) run();
    },
    { once: true },
  );
  return set;
}
