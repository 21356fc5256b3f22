import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';

/** So much text at a time keeps one turn of the event loop at 5 to 15 ms of CPU. */
export const turnBytes = 512 * 1024;

/** Longest piece of work in one turn of the event loop; an item that takes longer by itself is not cut. */
const turnMs = 10;

type TurnClock = Pick<Clock, 'monotonicMs' | 'nextTurn'>;

/** `items.map(map)`, in turns of the event loop when it takes long: others are served in between. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
  clock: TurnClock = systemClock,
): Promise<Result[]> {
  const results: Result[] = [];
  let turnEnd = clock.monotonicMs() + turnMs;
  for (const [index, item] of items.entries()) {
    if (clock.monotonicMs() > turnEnd) {
      await clock.nextTurn();
      turnEnd = clock.monotonicMs() + turnMs;
    }
    results.push(map(item, index));
  }
  return results;
}
