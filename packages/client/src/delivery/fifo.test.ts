import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';

test('items leave in the order they came, whenever that is', () => {
  const counts = fc.array(fc.record({ pushed: fc.nat(900), taken: fc.nat(900) }));
  fc.assert(
    fc.property(counts, (steps) => {
      const fifo = new Fifo<{ number: number }>();
      let [pushed, taken] = [0, 0];
      for (const step of steps) {
        for (let count = 0; count < step.pushed; count += 1) fifo.push({ number: pushed++ });
        for (let count = 0; count < step.taken && taken < pushed; count += 1) {
          expect(fifo.shift()).toEqual({ number: taken++ });
        }
        expect(fifo.length).toBe(pushed - taken);
        expect(fifo.toArray()).toHaveLength(pushed - taken);
      }
    }),
    { numRuns: 30 },
  );
});
