import { expect, test } from 'vitest';
import { parseMeasure } from './measure.ts';

test.each([
  ['2s', 2_000],
  ['150ms', 150],
  ['1m', 60_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['1k', 1_000],
  ['1.5M', 1_500_000],
  ['1.1k', 1_100],
  ['$0.02', 0.02],
  ['$1.5k', 1_500],
  ['-3', -3],
  ['.5', 0.5],
  ['1e3', 1_000],
])('%s is %d', (text, value) => {
  expect(parseMeasure(text)?.value).toBe(value);
});

test.each(['', 's', '2 s', '2sec', '$', '$2s', '1..2', '0x10', 'Infinity', '1e999', '2026-11-01'])(
  '%s is no number',
  (text) => {
    expect(parseMeasure(text)).toBeNull();
  },
);
