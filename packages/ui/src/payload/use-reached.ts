import { useCallback, useState } from 'react';

export interface Reached {
  /** How many parts to mount. */
  readonly count: number;
  /** For the element behind them. */
  readonly end: (element: HTMLElement | null) => (() => void) | undefined;
}

/**
 * How many of many parts to mount: `step` immediately, then as many more each time the user scrolls near the end.
 *
 * @param identity of what is shown; a new one starts over
 */
export function useReached(total: number, step: number, identity: unknown): Reached {
  const [reached, setReached] = useState({ identity, count: step });
  const count = reached.identity === identity ? reached.count : step;
  const end = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      const observer = new IntersectionObserver(
        (entries) => {
          const isNear = entries.some(({ isIntersecting }) => isIntersecting);
          if (isNear) setReached({ identity, count: count + step });
        },
        { rootMargin: '800px' },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [identity, count, step],
  );
  return { count: Math.min(count, total), end };
}
