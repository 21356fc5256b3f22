import { useEffect, useState } from 'react';

interface Taken<Item> {
  readonly identity: unknown;
  readonly iterator: Iterator<Item>;
  readonly items: readonly Item[];
  readonly isDone: boolean;
}

function take<Item>(taken: Taken<Item>, count: number): Taken<Item> {
  const more: Item[] = [];
  for (let left = count; left > 0; left -= 1) {
    const next = taken.iterator.next();
    if (next.done) return { ...taken, items: [...taken.items, ...more], isDone: true };
    more.push(next.value);
  }
  return { ...taken, items: [...taken.items, ...more] };
}

/**
 * The items of a generator: `step` immediately, then as many with each frame, so that no frame waits for all of them.
 *
 * @param identity of the source; a new one starts over
 */
export function useIncremental<Item>(
  make: () => Iterator<Item>,
  step: number,
  identity: unknown,
): readonly Item[] {
  const begin = () => take({ identity, iterator: make(), items: [], isDone: false }, step);
  const [taken, setTaken] = useState(begin);
  const current = taken.identity === identity ? taken : begin();
  if (current !== taken) setTaken(current);
  useEffect(() => {
    if (current.isDone) return;
    const frame = requestAnimationFrame(() => setTaken(take(current, step)));
    return () => cancelAnimationFrame(frame);
  }, [current, step]);
  return current.items;
}
