import { expect, test } from 'vitest';
import { mapInTurns } from './map-in-turns.ts';

/** How many items are mapped in each turn when they take so long. */
async function turnsOf(itemMs: readonly number[]): Promise<number[]> {
  const turns = [0];
  let now = 0;
  const clock = {
    monotonicMs: () => now,
    nextTurn: async () => void turns.push(0),
  };
  const mapped = await mapInTurns(
    itemMs,
    (ms) => {
      now += ms;
      turns.push((turns.pop() ?? 0) + 1);
      return ms * 2;
    },
    clock,
  );
  expect(mapped).toEqual(itemMs.map((ms) => ms * 2));
  return turns.filter((count) => count > 0);
}

test('what is quick is done at once', async () => {
  expect(await turnsOf(Array.from({ length: 100 }, () => 0.1))).toEqual([100]);
  expect(await turnsOf([])).toEqual([]);
});

test('what takes long is done in turns, one item at least, however uneven they are', async () => {
  expect(await turnsOf([6, 6, 6, 6])).toEqual([2, 2]);
  expect(await turnsOf([50, 1, 1, 50, 50])).toEqual([1, 3, 1]);
});
