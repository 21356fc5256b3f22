import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextCursor, startCursor, unseen } from './event-cursor.ts';
import type { EventCursor } from './event-cursor.ts';

interface Item extends Record<string, unknown> {
  readonly event_id: string;
  readonly start_time: number;
}

/** What a service would answer: newest first, up to the bound. */
function readPage(stored: readonly Item[], { untilMs, offset }: EventCursor, limit: number) {
  const matching = stored
    .filter(({ start_time: start }) => untilMs === null || start <= untilMs)
    .toSorted((a, b) => b.start_time - a.start_time || (a.event_id < b.event_id ? 1 : -1));
  return { items: matching.slice(offset, offset + limit), total: matching.length };
}

/** Reads everything, while `arrive` stores more between the pages. */
function readAll(stored: Item[], limit: number, arrive: () => void = () => undefined): Item[] {
  const read: Item[] = [];
  let cursor: EventCursor | null = startCursor(0);
  while (cursor !== null) {
    const page = readPage(stored, cursor, limit);
    read.push(...unseen(cursor, page.items));
    cursor = nextCursor(cursor, page);
    arrive();
  }
  return read;
}

const items = fc
  .array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 })
  .map((starts) =>
    starts.map((start, index) => ({ event_id: `e${index}`, start_time: start / 2 })),
  );
const limits = fc.integer({ min: 1, max: 9 });

describe('event cursor', () => {
  test('reads every event once, also when whole pages lie in one millisecond', () => {
    fc.assert(
      fc.property(items, limits, (stored, limit) => {
        const read = readAll(stored, limit).map(({ event_id: id }) => id);

        expect(read.toSorted()).toEqual(stored.map(({ event_id: id }) => id).toSorted());
      }),
    );
  });

  test('reads every event once while newer ones arrive', () => {
    fc.assert(
      fc.property(items, limits, (known, limit) => {
        const stored: Item[] = [...known];
        const arrive = () => {
          const event_id = `late${stored.length}`;
          stored.push({ event_id, start_time: 1000 + stored.length });
        };

        const read = readAll(stored, limit, arrive).map(({ event_id: id }) => id);

        expect(new Set(read).size).toBe(read.length);
        for (const { event_id: id } of known) expect(read).toContain(id);
      }),
    );
  });

  test('counts on by offset where the service leaves the start out', () => {
    const page = { items: [{ event_id: 'a' }, { event_id: 'b' }], total: 5 };

    expect(nextCursor(startCursor(1), page)).toMatchObject({ untilMs: null, offset: 3 });
    expect(nextCursor(startCursor(3), page)).toBeNull();
  });
});
