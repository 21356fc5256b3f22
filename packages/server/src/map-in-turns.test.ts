import { expect, test } from 'vitest';
import { mapInTurns, turnBytes } from './map-in-turns.ts';

/** What is done in each turn of the event loop. */
async function turnsOf(count: number, bytes: number): Promise<number[]> {
  const turns = [0];
  let isOver = false;
  const watch = (): void => {
    if (turns.at(-1) !== 0) turns.push(0);
    if (!isOver) setImmediate(watch);
  };
  watch();
  const items = Array.from({ length: count }, (_each, index) => index);
  const mapped = await mapInTurns(items, bytes, (item) => {
    turns.push((turns.pop() ?? 0) + 1);
    return item * 2;
  });
  isOver = true;
  expect(mapped).toEqual(items.map((item) => item * 2));
  return turns.filter((done) => done > 0);
}

test('a small list is mapped at once', async () => {
  expect(await turnsOf(100, 100_000)).toEqual([100]);
  expect(await turnsOf(0, 0)).toEqual([]);
});

test('a large one in turns of about the same size, one item at least', async () => {
  expect(await turnsOf(100, 10 * turnBytes)).toEqual(Array.from({ length: 10 }, () => 10));
  expect(await turnsOf(3, 100 * turnBytes)).toEqual([1, 1, 1]);
});
