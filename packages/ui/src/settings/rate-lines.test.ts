import { expect, it, test } from 'vitest';
import { formatRates, parseRates } from './rate-lines.ts';

test('rates are lines, and lines are rates', () => {
  const rates = { production: 0.1, 'load test': 0 };

  expect(formatRates(rates)).toBe('production 10\nload test 0');
  expect(parseRates('\n production   10\nload test 0\n')).toEqual(rates);
  expect(parseRates('')).toEqual({});
});

test('a name of Object.prototype is a name', () => {
  expect(Object.entries(parseRates('__proto__ 5') ?? {})).toEqual([['__proto__', 0.05]]);
});

it.each(['production', 'production 101', 'production ten', 'a 1\na 2'])(
  '%j are no rates',
  (text) => {
    expect(parseRates(text)).toBeNull();
  },
);
