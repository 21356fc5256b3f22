import { describe, expect, test } from 'vitest';
import { SessionCache } from './session-cache.ts';

/** A cache over sessions that have the value they were last given; tells what was read. */
function setUp(maxSessions = 10) {
  const cache = new SessionCache<number>(maxSessions);
  const values = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  const reads: string[] = [];
  const load = async (sessionIds: readonly string[]) => {
    reads.push(sessionIds.join(''));
    const found = [...values].filter(([sessionId]) => sessionIds.includes(sessionId));
    await Promise.resolve();
    return found;
  };
  const read = (sessionIds: string, key = 'k') =>
    cache.read({ key, sessionIds: sessionIds.split(''), load });
  return { cache, values, reads, load, read };
}

describe('a cache of sessions', () => {
  test('reads what it has not read before, and answers in the order that is asked for', async () => {
    const { read, reads } = setUp();

    expect(await read('cxa')).toEqual([3, 1]);
    expect(await read('abc')).toEqual([1, 2, 3]);
    expect(await read('aa')).toEqual([1]);
    expect(await read('a', 'another')).toEqual([1]);
    expect(reads).toEqual(['cxa', 'b', 'a']);
  });

  test('leaves values that are lists as they are', async () => {
    const cache = new SessionCache<readonly number[]>(10);
    const load = () => Promise.resolve([['a', [1, 2]]] as const);

    expect(await cache.read({ key: 'k', sessionIds: ['a'], load })).toEqual([[1, 2]]);
  });

  test('reads again what was written to, and everything after a command', async () => {
    const { cache, values, read, reads } = setUp();
    await read('ab');
    values.set('b', 20);
    cache.mark('b');

    expect(await read('ab')).toEqual([1, 20]);
    cache.markAll();
    await read('ab');
    expect(reads).toEqual(['ab', 'b', 'ab']);
  });

  test.each([
    ['a write', (cache: SessionCache<number>) => cache.mark('a')],
    ['a command', (cache: SessionCache<number>) => cache.markAll()],
  ])('does not keep what %s overtook while it was read', async (_, overtake) => {
    const { cache, values, load, read } = setUp();
    const overtaken = cache.read({
      key: 'k',
      sessionIds: ['a'],
      load: async (sessionIds) => {
        const found = await load(sessionIds);
        values.set('a', 10);
        overtake(cache);
        return found;
      },
    });

    expect(await overtaken).toEqual([1]);
    expect(await read('a')).toEqual([10]);
  });

  test('gives up the session used longest ago when it is full', async () => {
    const { read, reads } = setUp(2);
    await read('ab');
    await read('a');
    await read('c');

    await read('ac');
    expect(reads).toEqual(['ab', 'c']);
    await read('b');
    expect(reads).toEqual(['ab', 'c', 'b']);
  });
});
