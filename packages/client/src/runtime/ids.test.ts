import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemFillRandom } from './clock.ts';
import { createIds } from './ids.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('createIds', () => {
  test('has the form and the example of RFC 9562, appendix A.6', () => {
    const random = [0x19, 0x84, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
    const newId = createIds(
      () => 0x017f22e279b0,
      (bytes) => bytes.set(random),
    );

    expect(newId()).toBe('017f22e2-79b0-70cc-98c4-dc0c0c07398f');
  });

  test('keeps the order of making, also when the clock stands still or goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 300 }), (steps) => {
        let now = 1_700_000_000_000;
        const newId = createIds(() => now, systemFillRandom);

        const ids = steps.map((step) => {
          now += step;
          return newId();
        });

        expect(ids).toEqual(ids.toSorted());
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(uuidV7);
      }),
    );
  });

  test('continues after the counter of a millisecond has run out', () => {
    const newId = createIds(() => 1_700_000_000_000, systemFillRandom);

    const ids = Array.from({ length: 10_000 }, newId);

    expect(new Set(ids).size).toBe(10_000);
    expect(ids).toEqual(ids.toSorted());
  });
});
