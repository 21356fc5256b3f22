import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { Suspects } from './suspects.ts';
import type { Suspicion } from './suspicion.ts';

const suspicion = (tries: number): Suspicion => ({ tries, strikes: 0, storedBefore: 0 });

/** Only its identity counts here. */
const anEntry = () => ({ eventId: 'e' }) as Entry;

function open() {
  const timers: { readonly delayMs: number; readonly run: () => void }[] = [];
  let dueCount = 0;
  const suspects = new Suspects({
    backoff: { baseMs: 100, capMs: 1000, jitterRatio: 0 },
    timers: {
      after: (delayMs, run) => {
        timers.push({ delayMs, run });
        return () => undefined;
      },
      soon: (run) => run(),
    },
    random: () => 1,
    onDue: () => (dueCount += 1),
  });
  return { suspects, timers, dueCount: () => dueCount };
}

test('waits longer the more often an event has failed, and gives it out once it is due', () => {
  const { suspects, timers, dueCount } = open();
  const entry = anEntry();
  suspects.setAside(entry, suspicion(3));

  expect(timers[0]?.delayMs).toBe(400);
  expect(suspects.take()).toEqual([]);
  timers[0]?.run();
  expect(dueCount()).toBe(1);
  expect(suspects.take()).toEqual([entry]);
  expect(suspects.suspicionOf(entry)).toEqual(suspicion(3));
});

test('gives out one at a time', () => {
  const { suspects } = open();
  const [first, second] = [anEntry(), anEntry()];
  suspects.setAside(first, suspicion(1));
  suspects.setAside(second, suspicion(1));
  suspects.drain();

  expect(suspects.take()).toEqual([first]);
  expect(suspects.isDue).toBe(false);
  expect(suspects.take()).toEqual([]);
  suspects.release();
  expect(suspects.take()).toEqual([second]);
});

test('keeps what failed again, and removes what was settled', () => {
  const { suspects } = open();
  const [again, settled] = [anEntry(), anEntry()];
  for (const entry of [again, settled]) suspects.setAside(entry, suspicion(1));
  suspects.drain();

  suspects.take();
  suspects.setAside(again, suspicion(2));
  suspects.release();
  suspects.take();
  suspects.release();

  expect(suspects.suspicionOf(again)).toEqual(suspicion(2));
  expect(suspects.suspicionOf(settled)).toBeNull();
  expect(suspects.list()).toEqual([again]);
});

test('drops all that are not in flight, whose timers then do nothing', () => {
  const { suspects, timers } = open();
  const [underWay, due, waiting] = [anEntry(), anEntry(), anEntry()];
  suspects.setAside(underWay, suspicion(1));
  suspects.setAside(due, suspicion(1));
  suspects.drain();
  suspects.take();
  suspects.setAside(waiting, suspicion(1));

  expect(suspects.clear()).toEqual([due, waiting]);
  for (const { run } of timers) run();
  suspects.release();
  expect(suspects.take()).toEqual([]);
});
