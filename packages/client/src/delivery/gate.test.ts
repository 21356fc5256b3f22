import { expect, test } from 'vitest';
import { createTestClock } from '../testing/test-clock.ts';
import { createGate } from './gate.ts';

const policy = { baseMs: 100, capMs: 1000, jitterRatio: 0 };

function setUp() {
  const clock = createTestClock();
  const timers = { after: clock.after, soon: (run: () => void) => void clock.after(0, run) };
  const gate = createGate(policy, { timers, monotonicMs: clock.monotonicMs, random: () => 0.5 });
  const passed: string[] = [];
  const pass = (name: string) => void gate.wait().then(() => passed.push(name));
  return { gate, clock: clock.manual, passed, pass };
}

test('lets everybody through until something fails', async () => {
  const { gate, clock, passed, pass } = setUp();
  pass('a');
  await clock.advance(0);

  expect(passed).toEqual(['a']);
  expect(gate.pausedForMs()).toBe(0);
});

test('holds everybody for as long as the service asks', async () => {
  const { gate, clock, passed, pass } = setUp();
  gate.pause(5000);
  pass('a');
  pass('b');

  await clock.advance(4999);
  expect(passed).toEqual([]);
  await clock.advance(1);
  expect(passed).toEqual(['a', 'b']);
});

test('a longer pause that is asked for meanwhile counts, a shorter one does not', async () => {
  const { gate, clock, passed, pass } = setUp();
  gate.pause(1000);
  pass('a');
  gate.pause(3000);
  gate.pause(10);
  await clock.advance(2999);

  expect(passed).toEqual([]);
  await clock.advance(1);
  expect(passed).toEqual(['a']);
});

test('backs off twice as long each time, and from the start after an answer', async () => {
  const { gate, clock } = setUp();
  const pauses: number[] = [];
  for (let failure = 0; failure < 5; failure += 1) {
    gate.pause(null);
    pauses.push(gate.pausedForMs());
    await clock.advance(2000);
  }
  gate.noteAnswer();
  gate.pause(null);

  expect(pauses).toEqual([100, 200, 400, 800, 1000]);
  expect(gate.pausedForMs()).toBe(100);
});

test('a service that says "now" again and again is given a pause in the end', () => {
  const { gate } = setUp();
  const pauses = Array.from({ length: 5 }, () => {
    gate.pause(0);
    return gate.pausedForMs();
  });

  expect(pauses).toEqual([0, 0, 0, 800, 1000]);
});

test('batches that fail together are one failure', () => {
  const { gate } = setUp();
  gate.pause(null);
  gate.pause(null);

  expect(gate.pausedForMs()).toBe(100);
});

test('once open for good, holds nobody', async () => {
  const { gate, clock, passed, pass } = setUp();
  gate.pause(60_000);
  pass('a');
  gate.open();
  gate.pause(60_000);
  pass('b');
  await clock.advance(0);

  expect(passed.toSorted()).toEqual(['a', 'b']);
});
