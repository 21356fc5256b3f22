import { expect, it } from 'vitest';
import { parseThreshold, toFields, toText } from './threshold-edit.ts';

it('offers the thresholds of the contract, and those that the project has besides', () => {
  const fields = toFields({ latency_p95: 2000, cost_per_day: 5 });

  expect(fields.map(({ name }) => name)).toEqual(['error_rate', 'latency_p95', 'cost_per_day']);
});

it.each([
  [true, '5', 0.05],
  [true, '', null],
  [true, '101', undefined],
  [true, 'five', undefined],
  [false, '2000', 2000],
  [false, '-1', undefined],
])('with a ratio %s, %j is kept as %s', (isRatio, text, value) => {
  expect(parseThreshold({ name: 'x', isRatio }, text)).toBe(value);
});

it('shows what is kept as it was typed', () => {
  expect(toText({ name: 'x', isRatio: true }, 0.05)).toBe('5');
  expect(toText({ name: 'x', isRatio: false }, undefined)).toBe('');
});
