import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrinkBatches, splitBatch } from './batch-limits.ts';

const size = { maxEvents: 1000, maxBytes: 1_000_000 };

test('a batch that was too large halves those to come', () => {
  expect(shrinkBatches(size, { events: 100, bytes: 50_000 })).toEqual({
    maxEvents: 50,
    maxBytes: 25_000,
  });
});

test('one event that was too large says nothing about batches', () => {
  expect(shrinkBatches(size, { events: 1, bytes: 6_000_000 })).toEqual(size);
});

test('halves hold everything, in order, and neither is empty', () => {
  const item = fc.record({ bytes: fc.integer({ min: 1, max: 10_000 }) });
  fc.assert(
    fc.property(fc.array(item, { minLength: 2, maxLength: 50 }), (batch) => {
      const [first, second] = splitBatch(batch);
      expect([...first, ...second]).toEqual(batch);
      expect(first.length > 0 && second.length > 0).toBe(true);
    }),
  );
});
