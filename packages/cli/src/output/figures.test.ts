import { expect, test } from 'vitest';
import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatUsd,
} from './figures.ts';

test.each([
  [0, '0 ms'],
  [0.4, '0 ms'],
  [850, '850 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [2_400, '2.40 s'],
  [59_994, '59.99 s'],
  [59_995, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [3_599_999, '1 h 00 min'],
  [7_800_000, '2 h 10 min'],
])('%d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [0, '$0.00'],
  [12.5, '$12.50'],
  [0.01, '$0.01'],
  [0.000_501_6, '$0.000502'],
  [4.4e-7, '<$0.000001'],
])('%d dollars are %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_500, '1.5 kB'],
  [12_300_000_000, '12.3 GB'],
  [5e15, '5000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('counts have separators, and one thing is not two', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect([countOf(1, 'event'), countOf(0, 'event'), countOf(2_000, 'event')]).toEqual([
    '1 event',
    '0 events',
    '2,000 events',
  ]);
});

test('an instant is shown in UTC, to the second', () => {
  expect(formatInstant(Date.UTC(2026, 10, 22, 14, 5, 9, 900))).toBe('2026-11-22 14:05:09');
  expect(formatInstant(Number.NaN)).toBe('');
});
