import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StoreUnavailable } from '../domain/event-store.ts';
import { WriteQueue } from './write-queue.ts';
import type { Waiting } from './write-queue.ts';
import type { Write } from './write.ts';

const write: Write = {
  kind: 'delete',
  eventId: 'e',
  scope: { kind: 'project', projectId: 'p' },
  now: 0,
};
const waiting = (bytes: number, count = 1, since = 0, share = 'p'): Waiting => ({
  writes: Array.from({ length: count }, () => write),
  bytes,
  share,
  since,
  resolve: () => undefined,
  reject: () => undefined,
});

test('refuses what would not fit, and counts it; takes one request of any size when empty', () => {
  const queue = new WriteQueue({ maxBytes: 100, maxGroupWrites: 10 });

  queue.add(waiting(500));

  expect(() => queue.add(waiting(1))).toThrow(StoreUnavailable);
  expect(queue.stats(0)).toMatchObject({ requests: 1, bytes: 500, refusedRequests: 1 });
});

test('what was taken still counts until it is released', () => {
  const queue = new WriteQueue({ maxBytes: 100, maxGroupWrites: 10 });
  queue.add(waiting(80, 1, 5));

  queue.take();
  expect(() => queue.add(waiting(80))).toThrow(StoreUnavailable);
  expect(queue.stats(25).oldestMs).toBe(20);
  queue.release();

  queue.add(waiting(80));
  expect(queue.stats(0).bytes).toBe(80);
});

test('a group holds no more writes than allowed, but never splits a request', () => {
  const queue = new WriteQueue({ maxBytes: 1000, maxGroupWrites: 10 });
  for (const count of [4, 4, 4, 25]) queue.add(waiting(1, count));

  const sizes = [queue.take(), queue.take(), queue.take(), queue.take()].map((group) =>
    group.map(({ writes }) => writes.length),
  );

  expect(sizes).toEqual([[4, 4], [4], [25], []]);
});

test('refuses everything once it is closed', () => {
  const queue = new WriteQueue({ maxBytes: 1000, maxGroupWrites: 10 });

  queue.close();

  expect(() => queue.add(waiting(1))).toThrow(StoreUnavailable);
});

test('gathers until so many wait, it is closed, or the timeout expires', async () => {
  const queue = new WriteQueue({ maxBytes: 1000, maxGroupWrites: 10 });
  const never = new Promise<void>(() => undefined);
  queue.add(waiting(1));
  await queue.gather(1, never);

  const two = queue.gather(2, never);
  queue.add(waiting(1));
  await two;
  await queue.gather(3, Promise.resolve());
  const more = queue.gather(3, never);
  queue.close();
  await more;
  await queue.gather(3, never);

  expect(queue.waitingCount).toBe(2);
});

test('rests until another project has something, it is closed, or the timeout expires', async () => {
  const queue = new WriteQueue({ maxBytes: 1000, maxGroupWrites: 10 });
  const never = new Promise<void>(() => undefined);
  let isOver = false;
  const rest = queue.rest('p', never).then(() => {
    isOver = true;
  });

  queue.add(waiting(1));
  await Promise.resolve();
  expect(isOver).toBe(false);
  queue.add(waiting(1, 1, 0, 'other'));
  await rest;
  await queue.rest('p', never);
  queue.take();
  await queue.rest('p', Promise.resolve());
  const last = queue.rest('p', never);
  queue.close();
  await last;

  expect(queue.waitingCount).toBe(0);
});

test('a project that fills the queue gives its newest requests up for those of another one', () => {
  const queue = new WriteQueue({ maxBytes: 100, maxGroupWrites: 10 });
  const rejected: unknown[] = [];
  for (const bytes of [40, 30, 20])
    queue.add({ ...waiting(bytes, 1, 0, 'a'), reject: (error) => rejected.push([bytes, error]) });

  queue.add(waiting(40, 1, 0, 'b'));

  expect(rejected).toEqual([
    [20, expect.objectContaining({ code: 'rate_limited', retryAfter: 1 })],
    [30, expect.objectContaining({ code: 'rate_limited', retryAfter: 1 })],
  ]);
  expect(queue.stats(0)).toMatchObject({ requests: 2, bytes: 80, refusedRequests: 2 });
  expect(() => queue.add(waiting(30, 1, 0, 'a'))).toThrow(StoreUnavailable);
});

test('when not all fit in a group, projects alternate and keep their own order', () => {
  const queue = new WriteQueue({ maxBytes: 1000, maxGroupWrites: 10 });
  for (const since of [1, 2, 3, 4]) queue.add(waiting(1, 4, since, 'a'));
  for (const since of [5, 6]) queue.add(waiting(1, 1, since, 'b'));

  const groups = [queue.take(), queue.take(), queue.take()].map((group) =>
    group.map(({ share, since }) => `${share}${since}`),
  );

  expect(groups).toEqual([['a1', 'a2', 'b5', 'b6'], ['a3', 'a4'], []]);
});

test('whatever waits, every request is taken once, and those of a project in their order', () => {
  const requests = fc.array(
    fc.record({ count: fc.integer({ min: 1, max: 15 }), share: fc.constantFrom('a', 'b', 'c') }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(requests, (list) => {
      const queue = new WriteQueue({ maxBytes: 1000, maxGroupWrites: 10 });
      list.forEach(({ count, share }, index) => queue.add(waiting(1, count, index, share)));
      const taken: Waiting[] = [];
      for (let group = queue.take(); group.length > 0; group = queue.take()) {
        taken.push(...group);
        queue.release();
      }
      expect(taken).toHaveLength(list.length);
      for (const share of ['a', 'b', 'c']) {
        const own = taken.filter((each) => each.share === share).map(({ since }) => since);
        expect(own).toEqual(own.toSorted((one, other) => one - other));
      }
    }),
  );
});
