import { describe, expect, test } from 'vitest';
import { HourCache } from './hour-cache.ts';
import type { UnitValue } from './hour-cache.ts';
import { hourUnit, splitRange, unitOfBucket } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { createWrittenHours } from './written-hours.ts';

const hourMs = 3_600_000;

/** A cache over hours 0 to 99, each of which has the value that it was last given; tells what was read. */
function setUp(maxWeight = 1_000) {
  const written = createWrittenHours();
  const cache = new HourCache<number>(written, () => 1, maxWeight);
  const values = new Map(Array.from({ length: 100 }, (_, hour) => [hour, hour]));
  const reads: (readonly HourRange[])[] = [];
  const load = async (ranges: readonly HourRange[]): Promise<UnitValue<number>[]> => {
    reads.push(ranges);
    const found = [...values].filter(([hour]) =>
      ranges.some(({ first, last }) => hour >= first && hour <= last),
    );
    await Promise.resolve();
    return found.map(([hour, value]) => ({ hour, value }));
  };
  const read = async (first: number, last: number, key = 'k') =>
    (
      await cache.read({
        key,
        projectIds: ['p'],
        hours: [{ first, last }],
        unitOf: hourUnit,
        load,
      })
    ).map(({ hour, value }) => [hour, value]);
  const write = (hour: number, value: number, projectId = 'p'): void => {
    values.set(hour, value);
    written.mark(projectId, hour);
  };
  return { written, cache, reads, read, write, values, load };
}

describe('a cache of hours', () => {
  test('says how many hours it would have to read, and reads none of them', async () => {
    const { cache, read, write, reads } = setUp();
    const missing = (first: number, last: number, key = 'k'): number =>
      cache.missingHours({
        key,
        projectIds: ['p'],
        hours: [{ first, last }],
        unitOf: hourUnit,
      });
    expect(missing(10, 12)).toBe(Infinity);
    await read(10, 20);
    expect([missing(10, 20), missing(8, 21), missing(10, 20, 'other')]).toEqual([0, 3, Infinity]);
    write(12, 1);
    write(30, 1);

    expect([missing(10, 20), missing(13, 20)]).toEqual([1, 0]);
    expect(reads).toHaveLength(1);
    expect(await read(12, 12)).toEqual([[12, 1]]);
    expect(missing(10, 20)).toBe(0);
  });

  test('reads what it has not read before, and nothing twice', async () => {
    const { read, reads } = setUp();

    expect(await read(10, 12)).toEqual([
      [10, 10],
      [11, 11],
      [12, 12],
    ]);
    expect(await read(11, 12)).toHaveLength(2);
    expect(await read(9, 14)).toHaveLength(6);
    expect(reads).toEqual([
      [{ first: 10, last: 12 }],
      [
        { first: 9, last: 9 },
        { first: 13, last: 14 },
      ],
    ]);
  });

  test('reads ranges that lie apart, and between them only what is missing', async () => {
    const { cache, load, reads, read } = setUp();
    const apart = await cache.read({
      key: 'k',
      projectIds: ['p'],
      hours: [
        { first: 30, last: 31 },
        { first: 10, last: 10 },
      ],
      unitOf: hourUnit,
      load,
    });
    await read(10, 32);

    expect(apart.map(({ hour }) => hour)).toEqual([10, 30, 31]);
    expect(reads[1]).toEqual([
      { first: 11, last: 29 },
      { first: 32, last: 32 },
    ]);
  });

  test('reads an hour again when its project was written to, and not before it is asked for', async () => {
    const { read, reads, write } = setUp();
    await read(-Infinity, Infinity);
    write(40, 1);
    write(41, 2);
    write(50, 3, 'another');

    expect(await read(0, 3)).toHaveLength(4);
    expect(reads).toHaveLength(1);
    expect(await read(40, 41)).toEqual([
      [40, 1],
      [41, 2],
    ]);
    expect(reads.slice(1)).toEqual([[{ first: 40, last: 41 }]]);
  });

  test('evicts an hour without events, and all hours after a command', async () => {
    const { read, reads, values, written } = setUp();
    await read(7, 8);
    values.delete(8);
    written.mark('p', 8);

    expect(await read(7, 8)).toEqual([[7, 7]]);
    written.markAll();
    await read(7, 8);
    expect(reads.at(-1)).toEqual([{ first: 7, last: 8 }]);
  });

  test('does not keep what a write overtook while it was read', async () => {
    const { cache, load, read, write } = setUp();
    const overtaken = cache.read({
      key: 'k',
      projectIds: ['p'],
      hours: [{ first: 5, last: 5 }],
      unitOf: hourUnit,
      load: async (ranges) => {
        const found = await load(ranges);
        write(5, 500);
        return found;
      },
    });

    expect(await overtaken).toEqual([{ hour: 5, value: 5 }]);
    expect(await read(5, 5)).toEqual([[5, 500]]);
  });

  test('reads once for callers that ask at the same time, and again after a failure', async () => {
    const { cache, read, reads } = setUp();
    const failing = cache.read({
      key: 'k',
      projectIds: ['p'],
      hours: [{ first: 1, last: 2 }],
      unitOf: hourUnit,
      load: () => Promise.reject(new Error('too slow')),
    });
    const [first, second] = await Promise.all([
      read(1, 2),
      read(1, 2),
      expect(failing).rejects.toThrow('too slow'),
    ]);

    expect(first).toEqual(second);
    expect(reads).toHaveLength(1);
  });

  test('gives up the question asked longest ago when it is full', async () => {
    const { read, reads } = setUp(12);
    await read(0, 4, 'first');
    await read(0, 4, 'second');
    await read(0, 4, 'third');

    await read(0, 4, 'second');
    await read(0, 4, 'third');
    expect(reads).toHaveLength(3);
    await read(0, 4, 'first');
    expect(reads).toHaveLength(4);
  });
});

describe('a range in whole units', () => {
  test.each([
    [{}, { inner: { first: -Infinity, last: Infinity }, edges: [] }],
    [{ fromMs: 5 * hourMs }, { inner: { first: 5, last: Infinity }, edges: [] }],
    [
      { fromMs: 5 * hourMs + 1, toMs: 9 * hourMs },
      {
        inner: { first: 6, last: 8 },
        edges: [
          { first: 5, last: 5 },
          { first: 9, last: 9 },
        ],
      },
    ],
    [
      { fromMs: 5.2 * hourMs, toMs: 5.8 * hourMs },
      { inner: null, edges: [{ first: 5, last: 5 }] },
    ],
  ])('%j', (range, expected) => {
    expect(splitRange(range, hourUnit)).toEqual(expected);
  });

  test('months and weeks begin where those of the calendar do', () => {
    const hour = Date.UTC(2024, 1, 15, 3) / hourMs;

    expect(unitOfBucket('month')(hour)).toEqual({
      first: Date.UTC(2024, 1, 1) / hourMs,
      last: Date.UTC(2024, 2, 1) / hourMs - 1,
    });
    expect(unitOfBucket('week')(hour).first).toBe(Date.UTC(2024, 1, 12) / hourMs);
    expect(unitOfBucket('month')(8.64e15 / hourMs).last).toBe(Infinity);
  });
});
