import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';

/** So much text at a time keeps one turn of the event loop at 5 to 15 ms of CPU. */
export const turnBytes = 512 * 1024;

/** Longest piece of work in one turn of the event loop; an item that takes longer on its own is not cut. */
const turnMs = 10;

type TurnClock = Pick<Clock, 'monotonicMs' | 'nextTurn'>;

/** `items.map(map)`, in turns of the event loop when it takes long: others are served in between. */
export const mapInTurns = <Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
  clock?: TurnClock,
): Promise<Result[]> => runInTurns(mapSteps(items, map), clock);

function* mapSteps<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): Generator<void, Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    results.push(map(item, index));
    yield;
  }
  return results;
}

/** What the steps come to, in turns of the event loop when they take long. */
export async function runInTurns<Result>(
  steps: Generator<void, Result>,
  clock: TurnClock = systemClock,
): Promise<Result> {
  let turnEnd = clock.monotonicMs() + turnMs;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (clock.monotonicMs() <= turnEnd) continue;
    await clock.nextTurn();
    turnEnd = clock.monotonicMs() + turnMs;
  }
}
