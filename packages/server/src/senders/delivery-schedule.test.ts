import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideNext, retryForMs } from './delivery-schedule.ts';

const failed = { error: 'status 500', isPermanent: false, retryAfterMs: null };
const hour = 3_600_000;

/** When each attempt is made, from 0, of a delivery that always fails. */
function runOut(outcome: typeof failed | { retryAfterMs: number }, random: () => number): number[] {
  const times: number[] = [];
  for (let now = 0, attempt = 1; ; attempt += 1) {
    times.push(now);
    const next = decideNext(
      { ...failed, ...outcome },
      { attempt, expiresAt: retryForMs },
      { now, random },
    );
    if (next.status !== 'pending') return times;
    now = next.nextAttemptAt;
  }
}

describe('decideNext', () => {
  test('retries for 24 hours, ever more seldom, with a last attempt at the end', () => {
    const times = runOut(failed, () => 1);

    expect(times.slice(0, 5)).toEqual([0, 5_000, 15_000, 35_000, 75_000]);
    expect(times).toHaveLength(34);
    expect(times.at(-1)).toBe(retryForMs);
  });

  test('leaves up to half of a wait to chance, and never waits longer than an hour', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
        const times = runOut(failed, () => chance);
        const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));

        expect(times.at(-1)).toBe(retryForMs);
        expect(times.length).toBeGreaterThanOrEqual(34);
        expect(times.length).toBeLessThan(70);
        expect(Math.max(...waits)).toBeLessThanOrEqual(hour);
        expect(waits[0]).toBeGreaterThanOrEqual(2_500);
      }),
    );
  });

  test.each([
    [120_000, 120_000],
    [0, 5_000],
    [40 * hour, retryForMs],
  ])('a receiver that asks for %i ms gets %i ms', (retryAfterMs, nextAttemptAt) => {
    const next = decideNext(
      { ...failed, retryAfterMs },
      { attempt: 1, expiresAt: retryForMs },
      { now: 0, random: () => 1 },
    );

    expect(next).toEqual({ status: 'pending', nextAttemptAt });
  });

  test.each([
    [{ ...failed, error: null }, 0, 'delivered'],
    [{ ...failed, isPermanent: true }, 0, 'dead'],
    [failed, retryForMs, 'dead'],
    [{ ...failed, error: null }, retryForMs, 'delivered'],
  ])('%j at %i ms: %s', (outcome, now, status) => {
    const at = { now, random: () => 0 };

    expect(decideNext(outcome, { attempt: 1, expiresAt: retryForMs }, at)).toEqual({ status });
  });
});
