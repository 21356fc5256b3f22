import { describe, expect, test } from 'vitest';
import { isSampled } from './sampling.ts';

const ids = Array.from({ length: 20_000 }, (_, place) => `session-${place}`);
const keptAt = (rate: number) => ids.filter((id) => isSampled(id, rate));

describe('isSampled', () => {
  test.each([0.01, 0.1, 0.5, 0.9])('keeps the share %f of the sessions', (rate) => {
    expect(Math.abs(keptAt(rate).length / ids.length - rate)).toBeLessThan(0.01);
  });

  test('keeps all at 1 and none at 0', () => {
    expect(keptAt(1)).toEqual(ids);
    expect(keptAt(0)).toEqual([]);
  });

  test('keeps at a higher rate what it keeps at a lower one', () => {
    const more = new Set(keptAt(0.5));

    expect(keptAt(0.1).every((id) => more.has(id))).toBe(true);
  });

  // Other implementations use the same numbers: these must never change.
  test.each([
    ['', 0.668922],
    ['a', 0.569975],
    ['session-0', 0.883432],
    ['0198c5a0-7d1e-7000-8000-000000000001', 0.714849],
    ['häßlich 💥', 0.790549],
  ])('keeps %j from the rate %f on', (id, rate) => {
    expect(isSampled(id, rate - 0.000001)).toBe(false);
    expect(isSampled(id, rate + 0.000001)).toBe(true);
  });
});
