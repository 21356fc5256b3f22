import { expect, test } from 'vitest';
import { newId } from './ids.ts';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids ascend, within a millisecond and when the clock is a little behind', () => {
  const now = Date.now();
  const ids = Array.from({ length: 10_000 }, (_each, place) => newId(now - (place % 3)));

  expect(ids.filter((id) => !uuid7.test(id))).toEqual([]);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an id has the time at which it is made, after the clock was set back, too', () => {
  for (const now of [Date.UTC(2090, 0, 1), Date.UTC(2026, 0, 1)])
    expect(Number.parseInt(newId(now).replace('-', '').slice(0, 12), 16)).toBe(now);
});
