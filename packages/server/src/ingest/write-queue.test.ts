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
const waiting = (bytes: number, count = 1, since = 0): Waiting => ({
  writes: Array.from({ length: count }, () => write),
  bytes,
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

test('gathers until so many wait, it is closed, or the time is over', async () => {
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
