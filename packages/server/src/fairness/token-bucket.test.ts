import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeFrom, tokensAt, waitFor } from './token-bucket.ts';
import type { Bucket } from './token-bucket.ts';

const size = { perSecond: 5, capacity: 50 };

test('whatever is asked for and when, never more is taken than the rate and one burst allow', () => {
  const asked = fc.array(
    fc.record({ afterMs: fc.nat(2_000), cost: fc.integer({ min: 1, max: 50 }) }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(asked, (steps) => {
      let bucket: Bucket | undefined;
      let nowMs = 0;
      let taken = 0;
      for (const { afterMs, cost } of steps) {
        nowMs += afterMs;
        if (waitFor(bucket, size, { cost, nowMs }) > 0) continue;
        bucket = takeFrom(bucket, size, { cost, nowMs });
        taken += cost;
        expect(taken).toBeLessThanOrEqual(size.capacity + (size.perSecond * nowMs) / 1000 + 1e-6);
      }
    }),
  );
});

test('who waits as long as it says gets what it asked for, also more than the bucket holds', () => {
  const costs = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 50 });
  fc.assert(
    fc.property(costs, (list) => {
      let bucket: Bucket | undefined;
      let nowMs = 0;
      for (const cost of list) {
        nowMs += waitFor(bucket, size, { cost, nowMs }) + 1e-6;
        expect(waitFor(bucket, size, { cost, nowMs })).toBe(0);
        bucket = takeFrom(bucket, size, { cost, nowMs });
      }
    }),
  );
});

test('what is more than the bucket holds is paid for afterwards', () => {
  const bucket = takeFrom(undefined, size, { cost: 100, nowMs: 0 });

  expect(tokensAt(bucket, size, 0)).toBe(-50);
  expect(waitFor(bucket, size, { cost: 1, nowMs: 0 })).toBe(10_200);
  expect(waitFor(bucket, size, { cost: 1, nowMs: 10_200 })).toBe(0);
});
