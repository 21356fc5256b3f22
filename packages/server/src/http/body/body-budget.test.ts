import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBodyBudget } from './body-budget.ts';

const code = (problem: string): unknown => expect.objectContaining({ code: problem });

test('one key may not take what is left for others', () => {
  const budget = createBodyBudget({ maxBytes: 100, maxKeyBytes: 60 });
  const [mine, more, other, third] = [budget.open(), budget.open(), budget.open(), budget.open()];
  mine.own('a');
  more.own('a');
  other.own('b');
  third.own('c');

  mine.grow(50);

  expect(() => more.grow(11)).toThrow(code('rate_limited'));
  other.grow(50);
  expect(() => third.grow(1)).toThrow(code('unavailable'));
});

test('both refusals say when to try again', () => {
  const budget = createBodyBudget({ maxBytes: 10, maxKeyBytes: 5 });

  expect(() => budget.open().grow(6)).toThrow(expect.objectContaining({ retryAfter: 1 }));
  expect(() => budget.open().grow(11)).toThrow(expect.objectContaining({ retryAfter: 1 }));
});

test('whatever happens, nothing is held once all is released', () => {
  const step = fc.record({
    hold: fc.nat(4),
    what: fc.constantFrom('grow', 'own', 'release'),
    bytes: fc.nat(50),
    key: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const budget = createBodyBudget({ maxBytes: 100, maxKeyBytes: 60 });
      const holds = Array.from({ length: 5 }, () => budget.open());
      for (const { hold, what, bytes, key } of steps) {
        const chosen = holds[hold];
        if (what === 'own') chosen?.own(key);
        else if (what === 'release') chosen?.release();
        else {
          try {
            chosen?.grow(bytes);
          } catch {
            // Refused: it holds what it held.
          }
        }
        expect(budget.stats().bytes).toBeLessThanOrEqual(100);
      }
      for (const hold of holds) hold.release();

      expect(budget.stats().bytes).toBe(0);
      const whole = budget.open();
      whole.own('a');
      whole.grow(60);
    }),
  );
});
