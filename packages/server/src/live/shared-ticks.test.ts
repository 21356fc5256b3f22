import { expect, test } from 'vitest';
import { createSharedTicks } from './shared-ticks.ts';

/** Ticks when the test says so. */
function setUp() {
  let run: (() => void) | null = null;
  const ticks = createSharedTicks<string>({
    every: (_, each) => {
      run = each;
      return () => {
        run = null;
      };
    },
  });
  return { ticks, tick: () => run?.(), isRunning: () => run !== null };
}

test('those that ask for the same in one tick share the work; the next tick does it again', async () => {
  const { ticks, tick } = setUp();
  const done: string[] = [];
  const got: Promise<string>[] = [];
  for (const what of ['a', 'a', 'b'])
    ticks.add((share) => {
      got.push(
        share(what, async () => {
          done.push(what);
          return `result of ${what}`;
        }),
      );
    });

  tick();
  await expect(Promise.all(got)).resolves.toEqual(['result of a', 'result of a', 'result of b']);
  expect(done).toEqual(['a', 'b']);
  tick();

  expect(done).toEqual(['a', 'b', 'a', 'b']);
});

test('it ticks as long as somebody listens', () => {
  const { ticks, isRunning } = setUp();
  const [first, second] = [ticks.add(() => undefined), ticks.add(() => undefined)];

  first();
  first();
  expect(isRunning()).toBe(true);
  second();

  expect(isRunning()).toBe(false);
});
