import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FairQueue } from './fair-queue.ts';
import type { FairQueueLimits, Ticket } from './fair-queue.ts';

const limits: FairQueueLimits = {
  running: 4,
  runningOfShare: 3,
  waitingOfKey: 5,
  waitingOfShare: 8,
  waiting: 12,
};

const names = ['a', 'b', 'c', 'd'] as const;

type Step =
  | { readonly kind: 'add'; readonly share: string; readonly key: string }
  | { readonly kind: 'finish'; readonly index: number }
  | { readonly kind: 'remove'; readonly index: number }
  | { readonly kind: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      share: fc.constantFrom(...names),
      key: fc.constantFrom('k', 'l', 'm'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('finish' as const), index: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), index: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(7_000) }) },
);

/** A queue with what waits and runs in it, as an observer counts it. */
class Watched {
  readonly queue = new FairQueue<number>(limits);
  readonly waiting = new Set<Ticket<number>>();
  readonly running = new Set<Ticket<number>>();
  nowMs = 0;

  run(action: Step): void {
    switch (action.kind) {
      case 'add':
        this.#add(action.share, action.key);
        break;
      case 'finish':
        this.#finish([...this.running][action.index % Math.max(1, this.running.size)]);
        break;
      case 'remove':
        this.#remove([...this.waiting][action.index % Math.max(1, this.waiting.size)]);
        break;
      case 'wait':
        this.nowMs += action.ms;
    }
  }

  start(): void {
    for (let next = this.queue.next(this.nowMs); next; next = this.queue.next(this.nowMs)) {
      this.waiting.delete(next);
      this.running.add(next);
    }
  }

  runningOf = (share: string): number =>
    [...this.running].filter(({ owner }) => owner.share === share).length;

  waitingOf = (share: string, key?: string): number =>
    [...this.waiting].filter(
      ({ owner }) => owner.share === share && (key === undefined || owner.key === key),
    ).length;

  #add(share: string, key: string): void {
    const added = this.queue.add({ share, key }, 0, this.nowMs);
    if (added.kind === 'refused') return;
    this.waiting.add(added.ticket);
    if (added.evicted) this.waiting.delete(added.evicted);
  }

  #finish(ticket: Ticket<number> | undefined): void {
    if (!ticket) return;
    this.running.delete(ticket);
    this.queue.finish(ticket, this.nowMs);
  }

  #remove(ticket: Ticket<number> | undefined): void {
    if (ticket && this.queue.remove(ticket)) this.waiting.delete(ticket);
  }
}

describe('whatever is added, finished and taken back', () => {
  test('the limits hold and the counts are right', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const watched = new Watched();
        for (const each of steps) {
          watched.run(each);
          expect(watched.queue.waiting).toBe(watched.waiting.size);
          watched.start();
          expect([watched.queue.waiting, watched.queue.running]).toEqual([
            watched.waiting.size,
            watched.running.size,
          ]);
          expect(watched.running.size).toBeLessThanOrEqual(limits.running);
          expect(watched.waiting.size).toBeLessThanOrEqual(limits.waiting);
          for (const share of names) {
            expect(watched.runningOf(share)).toBeLessThanOrEqual(limits.runningOfShare);
            expect(watched.waitingOf(share)).toBeLessThanOrEqual(limits.waitingOfShare);
            for (const key of ['k', 'l', 'm'])
              expect(watched.waitingOf(share, key)).toBeLessThanOrEqual(limits.waitingOfKey);
          }
        }
      }),
    );
  });

  test('nothing waits that may run', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const watched = new Watched();
        for (const each of steps) {
          watched.run(each);
          watched.start();
          if (watched.running.size === limits.running) continue;
          for (const share of names.filter((name) => watched.waitingOf(name) > 0)) {
            const mayRun = watched.queue.isAhead(share, watched.nowMs) ? 1 : limits.runningOfShare;
            expect(watched.runningOf(share)).toBeGreaterThanOrEqual(mayRun);
          }
        }
      }),
    );
  });

  test('everything that was accepted runs, once what runs ends', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const watched = new Watched();
        for (const each of steps) {
          watched.run(each);
          watched.start();
        }
        const left = watched.waiting.size + watched.running.size;
        for (let count = 0; count < left; count += 1) {
          watched.nowMs += 10;
          watched.run({ kind: 'finish', index: 0 });
          watched.start();
        }
        expect([watched.waiting.size, watched.running.size]).toEqual([0, 0]);
      }),
    );
  });
});

test('a share that asks fifty times as much waits for itself: the other is next whenever it comes', () => {
  const queue = new FairQueue<string>({
    ...limits,
    waitingOfKey: 100,
    waitingOfShare: 100,
    waiting: 200,
  });
  const served: string[] = [];
  let nowMs = 0;
  const serve = (): void => {
    const ticket = queue.next(nowMs);
    if (!ticket) throw new Error('nothing waits');
    served.push(ticket.item);
    nowMs += 10;
    queue.finish(ticket, nowMs);
  };
  for (let index = 0; index < 50; index += 1) queue.add({ share: 'a', key: 'k' }, 'a', nowMs);
  for (let index = 0; index < 5; index += 1) serve();

  for (let round = 0; round < 10; round += 1) {
    queue.add({ share: 'b', key: 'k' }, 'b', nowMs);
    serve();
    serve();
  }

  expect(served.slice(5).join('')).toBe('ba'.repeat(10));
});

test('of two shares that always wait, each gets half of the time, whatever a ticket takes', () => {
  const queue = new FairQueue<number>({ ...limits, running: 1 });
  const used = { a: 0, b: 0 };
  let nowMs = 0;
  for (const share of ['a', 'b'])
    for (let index = 0; index < 3; index += 1) queue.add({ share, key: 'k' }, 0, nowMs);

  for (let count = 0; count < 200; count += 1) {
    const ticket = queue.next(nowMs);
    if (!ticket) throw new Error('nothing waits');
    const share = ticket.owner.share === 'a' ? 'a' : 'b';
    const takesMs = share === 'a' ? 100 : 10;
    nowMs += takesMs;
    used[share] += takesMs;
    queue.finish(ticket, nowMs);
    queue.add({ share, key: 'k' }, 0, nowMs);
  }

  expect(Math.abs(used.a - used.b)).toBeLessThanOrEqual(100);
});

test('keys of one share take turns', () => {
  const queue = new FairQueue<string>({ ...limits, running: 1 });
  let nowMs = 0;
  for (const key of ['k', 'k', 'k', 'l']) queue.add({ share: 'a', key }, key, nowMs);

  const served = [1, 2, 3, 4].map(() => {
    const ticket = queue.next(nowMs);
    if (!ticket) throw new Error('nothing waits');
    nowMs += 10;
    queue.finish(ticket, nowMs);
    return ticket.item;
  });

  expect(served.slice(0, 2).toSorted()).toEqual(['k', 'l']);
});

test('a share is ahead while another one is active, and no longer', () => {
  const queue = new FairQueue<number>(limits);
  const use = (share: string, ms: number, nowMs: number): void => {
    const added = queue.add({ share, key: 'k' }, 0, nowMs);
    const ticket = queue.next(nowMs);
    if (added.kind !== 'added' || !ticket) throw new Error('it may run');
    queue.finish(ticket, nowMs + ms);
  };
  use('a', 2_000, 0);
  expect(queue.isAhead('a', 2_000)).toBe(false);

  use('b', 10, 2_000);

  expect([queue.isAhead('a', 2_010), queue.isAhead('b', 2_010)]).toEqual([true, false]);
  expect(queue.isAhead('a', 8_000)).toBe(false);
});

test('a share has others while they wait, run, or have only just run', () => {
  const queue = new FairQueue<number>(limits);
  const hasOthers = (nowMs: number) => ['a', 'b'].map((name) => queue.hasOthers(name, nowMs));
  expect(hasOthers(0)).toEqual([false, false]);

  queue.add({ share: 'b', key: 'k' }, 0, 0);
  expect(hasOthers(0)).toEqual([true, false]);
  const ticket = queue.next(0);
  expect(hasOthers(5_000)).toEqual([true, false]);
  if (ticket) queue.finish(ticket, 5_000);

  expect([hasOthers(5_999), hasOthers(6_000)]).toEqual([
    [true, false],
    [false, false],
  ]);
});

test('when all places are taken, the newest of the share in which most wait gives its own up', () => {
  const queue = new FairQueue<number>(limits);
  const add = (share: string, key: string, item: number) => queue.add({ share, key }, item, 0);
  for (let item = 0; item < 8; item += 1) add('a', item < 4 ? 'k' : 'l', item);
  for (let item = 8; item < 12; item += 1) add('b', 'k', item);

  const third = add('c', 'k', 12);

  expect(third).toMatchObject({ kind: 'added', evicted: { owner: { share: 'a' }, item: 3 } });
  expect(add('a', 'm', 13)).toEqual({ kind: 'refused', by: 'all' });
  expect(queue.waiting).toBe(12);
});

test('a share, or a key of it, in which too many wait is refused while there is room for others', () => {
  const queue = new FairQueue<number>(limits);
  const add = (share: string, key: string) => queue.add({ share, key }, 0, 0);
  for (let count = 0; count < 5; count += 1) add('a', 'k');

  expect(add('a', 'k')).toEqual({ kind: 'refused', by: 'key' });
  for (let count = 0; count < 3; count += 1) add('a', 'l');
  expect(add('a', 'm')).toEqual({ kind: 'refused', by: 'share' });
  expect(add('b', 'k').kind).toBe('added');
});
