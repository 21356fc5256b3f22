import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTime } from './span.ts';

const start = 1_760_000_000_000;

/** As protobuf for JavaScript has 64 bits; both halves are signed. */
const halvesOf = (value: bigint) => ({
  low: Number(BigInt.asIntN(32, value)),
  high: Number(value >> 32n),
});

test('whole milliseconds stay whole, as digits and as a number', () => {
  for (let ms = start; ms < start + 1000; ms += 1) {
    expect(readTime(`${ms}000000`)).toBe(ms);
    expect(readTime(ms * 1e6)).toBe(ms);
  }
});

test('nanoseconds are divided as integers', () => {
  const nanoseconds = fc.bigInt({ min: 1n, max: 4_000_000_000_000_000_000n });
  fc.assert(
    fc.property(nanoseconds, (ns) => {
      const ms = readTime(String(ns)) ?? Number.NaN;
      const whole = Number(ns / 1_000_000n);
      expect(Math.floor(ms)).toBeGreaterThanOrEqual(whole);
      expect(ms - whole).toBeCloseTo(Number(ns % 1_000_000n) / 1e6, 3);
    }),
  );
});

test.each([
  [halvesOf(BigInt(start + 123) * 1_000_000n), start + 123],
  [{ low: -1, high: 0 }, 4294.967],
  [{ low: '1', high: 0 }, null],
  ['0', null],
  ['000', null],
  ['-5', null],
  ['', null],
  [0, null],
  [Number.NaN, null],
  [null, null],
  ['1', 0.000001],
  ['99999999999999999999', 1e14],
])('%j is %d', (value, ms) => {
  const read = readTime(value);
  if (ms === null) expect(read).toBeNull();
  else expect(read).toBeCloseTo(ms, 2);
});
