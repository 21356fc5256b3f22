import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { SessionLanes } from './session-lanes.ts';
import { noPlace } from './slab.ts';

const entryOf = (sequence: number, sessionId: string, bytes = 10): Entry => ({
  eventId: `e${sequence}`,
  sessionId,
  sequence,
  ...noPlace(),
  bytes,
  isHeld: true,
  isQueued: false,
  outcome: null,
  onSettled: null,
});

const size = { maxEvents: 3, maxBytes: 100 };
const numbers = (entries: readonly Entry[]) => entries.map(({ sequence }) => sequence);

test('a session is only ever in one batch', () => {
  const lanes = new SessionLanes({ tracksAge: false });
  for (let number = 1; number <= 5; number += 1) lanes.push(entryOf(number, 'a'));

  const first = lanes.take(size);
  expect(numbers(first)).toEqual([1, 2, 3]);
  expect(lanes.take(size)).toEqual([]);

  lanes.release(first);
  expect(numbers(lanes.take(size))).toEqual([4, 5]);
});

test('an event larger than a batch goes alone', () => {
  const lanes = new SessionLanes({ tracksAge: false });
  lanes.push(entryOf(1, 'a', 40));
  lanes.push(entryOf(2, 'b', 500));
  lanes.push(entryOf(3, 'c', 40));

  expect(numbers(lanes.take(size))).toEqual([1]);
  expect(numbers(lanes.take(size))).toEqual([2]);
  expect(numbers(lanes.take(size))).toEqual([3]);
});

const action = fc.oneof(
  fc.record({
    kind: fc.constant('push' as const),
    session: fc.integer({ min: 0, max: 4 }),
    bytes: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({ kind: fc.constant('take' as const) }),
  fc.record({ kind: fc.constant('release' as const) }),
  fc.record({ kind: fc.constant('dropOldest' as const) }),
);

/** Lanes under random use, with an account beside them. */
function createTrial() {
  const lanes = new SessionLanes({ tracksAge: true });
  const underWay: Entry[][] = [];
  const gone: Entry[] = [];
  let pushed = 0;
  const take = () => {
    const batch = lanes.take(size);
    const bytes = batch.reduce((sum, entry) => sum + entry.bytes, 0);
    expect(batch.length).toBeLessThanOrEqual(size.maxEvents);
    if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(size.maxBytes);
    const busy = new Set(underWay.flat().map(({ sessionId }) => sessionId));
    expect(batch.some(({ sessionId }) => busy.has(sessionId))).toBe(false);
    if (batch.length > 0) underWay.push(batch);
    gone.push(...batch);
    return batch.length;
  };
  const release = () => lanes.release(underWay.shift() ?? []);
  return {
    lanes,
    gone,
    pushedCount: () => pushed,
    push: (session: number, bytes: number) => lanes.push(entryOf(++pushed, `s${session}`, bytes)),
    take,
    release,
    dropOldest() {
      const [first = null] = lanes.list();
      const oldest = lanes.dropOldest();
      expect(oldest).toBe(first);
      if (oldest !== null) gone.push(oldest);
    },
    finish() {
      while (underWay.length > 0) release();
      while (take() > 0) release();
    },
  };
}

test('whatever happens, nothing is lost or duplicated, sessions keep their order, batches their bounds', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
      const trial = createTrial();
      for (const each of actions) {
        if (each.kind === 'push') trial.push(each.session, each.bytes);
        else trial[each.kind]();
        expect(trial.lanes.count).toBe(trial.pushedCount() - trial.gone.length);
        const listed = trial.lanes.list();
        expect(trial.lanes.bytes).toBe(listed.reduce((sum, { bytes }) => sum + bytes, 0));
      }
      trial.finish();

      expect(numbers(trial.gone).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: trial.pushedCount() }, (_each, index) => index + 1),
      );
      for (const session of new Set(trial.gone.map(({ sessionId }) => sessionId))) {
        const order = numbers(trial.gone.filter(({ sessionId }) => sessionId === session));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('entries that were taken do not pile up in the queue of ages', () => {
  const lanes = new SessionLanes({ tracksAge: true });
  lanes.push(entryOf(0, 'held'));
  const held = lanes.take(size);
  lanes.push(entryOf(1, 'held'));
  for (let number = 2; number < 5000; number += 1) {
    lanes.push(entryOf(number, `s${number}`));
    lanes.release(lanes.take(size));
  }

  expect(lanes.count).toBe(1);
  lanes.release(held);
  expect(numbers(lanes.clear())).toEqual([1]);
});
