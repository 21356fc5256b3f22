import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNumber, parseWhole, toPercent, toRatio } from '../forms/number-text.ts';

it.each([
  ['7', 7],
  [' 0.5 ', 0.5],
  ['1e2', 100],
  ['', null],
  ['  ', null],
  ['seven', null],
  ['101', null],
  ['-1', null],
  ['Infinity', null],
])('reads %j as %s', (text, value) => {
  expect(parseNumber(text, { max: 100 })).toBe(value);
});

it('takes no part of a day', () => {
  expect([parseWhole('30'), parseWhole('1.5')]).toEqual([30, null]);
});

it('shows a ratio as the percent that was typed', () => {
  expect([toPercent(0.07), toPercent(0.29), toPercent(1)]).toEqual(['7', '29', '100']);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
      const percent = hundredths / 100;
      expect(toPercent(toRatio(percent))).toBe(String(percent));
    }),
  );
});
