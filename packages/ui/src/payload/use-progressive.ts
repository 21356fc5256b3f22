import { useEffect, useState } from 'react';

/**
 * How many of many parts to mount: `step` at once, then as many more with each frame. All of them come, and no frame
 * has to wait for all.
 *
 * @param identity of what is shown; another one begins anew
 */
export function useProgressive(total: number, step: number, identity: unknown): number {
  const [shown, setShown] = useState({ identity, count: step });
  const count = shown.identity === identity ? shown.count : step;
  useEffect(() => {
    if (count >= total) return;
    const frame = requestAnimationFrame(() => setShown({ identity, count: count + step }));
    return () => cancelAnimationFrame(frame);
  }, [count, total, step, identity]);
  return Math.min(count, total);
}
