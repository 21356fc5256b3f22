import { beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../../clock.ts';
import { StoreUnavailable } from '../../../domain/event-store.ts';
import { SessionPool } from './session-pool.ts';

/** Limits that run out when the test says so. */
function createLimits(): { clock: Clock; runOut: () => void } {
  const pending = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    monotonicMs: () => 0,
    sleep: async () => undefined,
    nextTurn: async () => undefined,
    every: () => () => undefined,
    async withLimit(_, work, fail) {
      const limit = new Promise<never>((__, reject) => {
        pending.add(() => reject(fail()));
      });
      return Promise.race([work, limit]);
    },
  };
  return { clock, runOut: () => pending.forEach((reject) => reject()) };
}

let limits = createLimits();

beforeEach(() => {
  limits = createLimits();
});

const createPool = (sessions: string[], maxWaiting = 10): SessionPool<string> =>
  new SessionPool(sessions, { clock: limits.clock, maxWaiting, maxWaitMs: 50 });

describe('SessionPool', () => {
  test('lends each session once and serves those that wait in order', async () => {
    const pool = createPool(['a', 'b']);
    const first = await pool.acquire();
    const second = await pool.acquire();
    const order: string[] = [];
    const third = pool.acquire().then((session) => order.push(`third ${session}`));
    const fourth = pool.acquire().then((session) => order.push(`fourth ${session}`));

    pool.release(first);
    pool.release(second);
    await Promise.all([third, fourth]);

    expect(order).toEqual([`third ${first}`, `fourth ${second}`]);
    expect(pool.stats()).toEqual({ idle: 0, waiting: 0 });
  });

  test('refuses at once when too many wait', async () => {
    const pool = createPool(['a'], 1);
    await pool.acquire();
    const waiting = pool.acquire();

    await expect(pool.acquire()).rejects.toThrow(StoreUnavailable);

    pool.release('a');
    expect(await waiting).toBe('a');
  });

  test('refuses who waited too long, and keeps the session for the next', async () => {
    const pool = createPool(['a']);
    await pool.acquire();
    const waiting = pool.acquire();

    limits.runOut();

    await expect(waiting).rejects.toThrow(/no session came free in 50 ms/);
    expect(pool.stats()).toEqual({ idle: 0, waiting: 0 });
    pool.release('a');
    expect(await pool.acquire()).toBe('a');
  });

  test('loses no session that is given in the instant in which the wait ends', async () => {
    const pool = createPool(['a']);
    await pool.acquire();
    const waiting = pool.acquire();

    limits.runOut();
    pool.release('a');

    await expect(waiting).rejects.toThrow(StoreUnavailable);
    await Promise.resolve();
    expect(await pool.acquire()).toBe('a');
  });

  test('leaves the line when the caller gives up', async () => {
    const pool = createPool(['a']);
    await pool.acquire();
    const controller = new AbortController();
    const waiting = pool.acquire(controller.signal);

    controller.abort(new Error('gone'));

    await expect(waiting).rejects.toThrow('gone');
    expect(pool.stats().waiting).toBe(0);
    await expect(pool.acquire(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  test('passes over a share that holds as many as it may, until it returns one', async () => {
    const pool = createPool(['a', 'b', 'c']);
    let maxSessions = 2;
    const share = (name: string) => ({ share: name, maxSessions: () => maxSessions });
    const first = await pool.acquire(undefined, share('busy'));
    const second = await pool.acquire(undefined, share('busy'));
    const third = pool.acquire(undefined, share('busy'));

    expect(pool.stats()).toEqual({ idle: 1, waiting: 1 });
    const other = await pool.acquire(undefined, share('other'));
    maxSessions = 1;
    pool.release('d', first);
    expect(pool.stats()).toEqual({ idle: 1, waiting: 1 });
    pool.release(second);
    const got = await third;

    expect(pool.stats()).toEqual({ idle: 1, waiting: 0 });
    for (const session of [other, got]) pool.release(session);
    expect(pool.stats().idle).toBe(3);
  });

  test('closes when the last session is back, and refuses everyone meanwhile', async () => {
    const pool = createPool(['a']);
    await pool.acquire();
    const waiting = pool.acquire();
    let isClosed = false;

    const closing = pool.close().then(() => {
      isClosed = true;
    });

    await expect(waiting).rejects.toThrow(/shutting down/);
    await expect(pool.acquire()).rejects.toThrow(/shutting down/);
    expect(isClosed).toBe(false);
    pool.release('a');
    await closing;
    expect(isClosed).toBe(true);
  });
});
