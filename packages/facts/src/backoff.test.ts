import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextBackoff } from './backoff.ts';

const policy = { baseMs: 1000, capMs: 60_000, jitterRatio: 0 };

describe('nextBackoff', () => {
  test.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [6, 32_000],
    [7, 60_000],
    [50, 60_000],
  ])('waits after try %i for %i ms when nothing is left to chance', (attempt, delayMs) => {
    expect(nextBackoff(attempt, policy, () => 0.3)).toBe(delayMs);
  });

  test('spreads full jitter over the whole interval, and part of it over its end', () => {
    const at = (jitterRatio: number, random: number) =>
      nextBackoff(1, { ...policy, jitterRatio }, () => random);

    expect([at(1, 0), at(1, 0.25), at(0.2, 0)]).toEqual([0, 250, 800]);
  });

  test('never waits longer than the cap, nor less than nothing', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        ratio,
        ratio,
        (attempt, jitterRatio, random) => {
          const delayMs = nextBackoff(attempt, { ...policy, jitterRatio }, () => random);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(policy.capMs);
        },
      ),
    );
  });
});
