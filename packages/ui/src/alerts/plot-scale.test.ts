import { expect, it, test } from 'vitest';
import { moveThreshold, placeOf, rangeOf, toPath, valueAt } from './plot-scale.ts';

const range = { low: 0, high: 200 };

it.each([
  ['ArrowUp', false, 101],
  ['ArrowDown', false, 99],
  ['ArrowUp', true, 110],
  ['ArrowDown', true, 90],
  ['ArrowLeft', false, null],
])('%s with Shift %s moves 100 to %s', (key, isFast, expected) => {
  expect(moveThreshold(100, { key, isFast, range })).toBe(expected);
});

test('from zero a key moves by a hundredth of what is shown', () => {
  expect(moveThreshold(0, { key: 'ArrowUp', isFast: false, range })).toBe(2);
});

test('the range has zero, all values and the thresholds in it', () => {
  const points = [
    { at: 0, value: 5 },
    { at: 1, value: null },
  ];

  expect(rangeOf(points, [10])).toEqual({ low: 0, high: 11 });
  expect(rangeOf([{ at: 0, value: -10 }], []).low).toBeLessThan(-10);
  expect(rangeOf([], [])).toEqual({ low: 0, high: 0.1 });
});

test('a value has a place, and a place a value', () => {
  expect(placeOf(50, range)).toBe(0.75);
  expect(valueAt(0.75, range)).toBe(50);
  expect([valueAt(-1, range), valueAt(2, range)]).toEqual([200, 0]);
});

test('the line is broken where nothing was measured', () => {
  const points = [0, 100, null, 200].map((value, at) => ({ at, value }));

  expect(toPath(points, { from: 0, to: 3, range, width: 300, height: 100 })).toBe(
    'M0.0 100.0h0.01L100.0 50.0M300.0 0.0h0.01',
  );
});
