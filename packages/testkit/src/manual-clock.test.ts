import { expect, test } from 'vitest';
import { createManualClock } from './manual-clock.ts';

test('stands still until it is moved', async () => {
  const clock = createManualClock(1000);
  const before = clock.now();

  await clock.advance(250);

  expect(before).toBe(1000);
  expect(clock.now()).toBe(1250);
});

test('wakes sleepers in the order of their times, at their times', async () => {
  const clock = createManualClock(0);
  const woken: [string, number][] = [];
  void clock.sleep(30).then(() => woken.push(['late', clock.now()]));
  void clock.sleep(10).then(() => woken.push(['early', clock.now()]));
  void clock.sleep(100).then(() => woken.push(['not yet', clock.now()]));

  await clock.advance(50);

  expect(woken).toEqual([
    ['early', 10],
    ['late', 30],
  ]);
  expect(clock.pending()).toBe(1);
});

test('lets a sleeper that goes back to sleep wake again in one move', async () => {
  const clock = createManualClock(0);
  const ticks: number[] = [];
  const tick = async () => {
    for (let count = 0; count < 3; count += 1) {
      await clock.sleep(10);
      ticks.push(clock.now());
    }
  };
  const done = tick();

  await clock.advance(30);
  await done;

  expect(ticks).toEqual([10, 20, 30]);
  expect(clock.sleeps()).toEqual([10, 10, 10]);
});

test('rejects a sleep whose signal is aborted, with its reason', async () => {
  const clock = createManualClock();
  const controller = new AbortController();
  const asleep = clock.sleep(1000, controller.signal);

  controller.abort(new Error('enough'));

  await expect(asleep).rejects.toThrow('enough');
  expect(clock.pending()).toBe(0);
});
