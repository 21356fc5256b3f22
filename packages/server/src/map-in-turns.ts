import { systemClock } from './clock.ts';

/** So much of a request at a time keeps one turn of the event loop at 5 to 15 ms of CPU. */
export const turnBytes = 512 * 1024;

/** `items.map(map)`, in turns of the event loop when it is long: others are served in between. @param bytes size of all items */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  bytes: number,
  map: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const perTurn = Math.max(1, Math.floor((items.length * turnBytes) / Math.max(1, bytes)));
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % perTurn === 0) await systemClock.nextTurn();
    results.push(map(item, index));
  }
  return results;
}
