const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `run` when the signal aborts, until the returned function is called.
 *
 * However many calls share a signal, it gets one listener: Node warns of a leak from the eleventh on.
 */
export function listenForAbort(signal: AbortSignal, run: () => void): () => void {
  const set = listeners.get(signal) ?? subscribe(signal);
  set.add(run);
  return () => set.delete(run);
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
