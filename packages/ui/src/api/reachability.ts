import { useSyncExternalStore } from 'react';

let isReachable = true;
const listeners = new Set<() => void>();

/** What the last request showed: whether the service answers at all, be it with a refusal. */
export function reportReachable(next: boolean): void {
  if (next === isReachable) return;
  isReachable = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the service answered when it was last asked. */
export const useReachable = (): boolean => useSyncExternalStore(subscribe, () => isReachable);
