import { expect, test } from 'vitest';
import { makeBatchEvents } from './batch-events.ts';

function make(count: number) {
  let next = 0;
  return makeBatchEvents(count, { sessionId: 's', now: 1_000_000, newId: () => `e${next++}` });
}

test('as many events as asked for, each with its own id, about 1 KB on average', () => {
  const events = make(1_000);

  expect(new Set(events.map((event) => event.event_id)).size).toBe(1_000);
  const bytes = Buffer.byteLength(JSON.stringify(events)) / events.length;
  expect(bytes).toBeGreaterThan(800);
  expect(bytes).toBeLessThan(1_300);
});

test('every fourth is a chain below the session, the next three are its parts', () => {
  expect(make(6).map(({ event_type, parent_id }) => [event_type, parent_id])).toEqual([
    ['chain', 's'],
    ['model', 'e0'],
    ['tool', 'e0'],
    ['model', 'e0'],
    ['chain', 's'],
    ['model', 'e4'],
  ]);
});

test('some have failed, and all lie in the past', () => {
  const events = make(100);

  expect(events.filter((event) => event.error !== undefined)).toHaveLength(1);
  expect(events.every((event) => Number(event.start_time) < 1_000_000)).toBe(true);
});
