import { describe, expect, test } from 'vitest';
import { formatBytes } from './bytes.ts';
import { formatCost } from './cost.ts';
import { formatDuration } from './duration.ts';
import { formatNoun, formatRatio, formatTotal } from './number.ts';
import { formatInstant, formatRelative } from './time.ts';
import { formatTokens } from './tokens.ts';

describe('formats', () => {
  test.each([
    [0, '0 ms'],
    [0.25, '0.25 ms'],
    [412.4, '412 ms'],
    [999.6, '1 s'],
    [3140, '3.14 s'],
    [59_960, '1m'],
    [125_000, '2m 5s'],
    [3_840_000, '1h 4m'],
    [266_400_000, '3d 2h'],
    [-1500, '-1.5 s'],
  ])('a duration of %d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_200_000, '1.2 MB'],
    [999_960, '1 MB'],
    [5e15, '5,000 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test.each([
    [0, '$0.00'],
    [12.4, '$12.40'],
    [0.00042, '$0.00042'],
    [1234.5, '$1,234.50'],
  ])('a cost of %d is %s', (usd, text) => {
    expect(formatCost(usd)).toBe(text);
  });

  test('counts say when there are more', () => {
    expect(formatTotal({ count: 10_000, exact: false })).toBe('10,000+');
    expect(formatTotal({ count: 12, exact: true })).toBe('12');
    expect(formatNoun(1, 'session')).toBe('1 session');
    expect(formatNoun(0, 'session')).toBe('0 sessions');
    expect(formatRatio(0.125)).toBe('12.5%');
    expect(formatTokens(9_999)).toBe('9,999');
    expect(formatTokens(41_200)).toBe('41.2K');
  });

  test('an absolute time is that of the zone, which it names', () => {
    const at = Date.UTC(2026, 10, 22, 14, 5, 9, 120);
    expect(formatInstant(at, 'UTC')).toBe('22 Nov 2026, 14:05:09 UTC');
    expect(formatInstant(at, 'Asia/Kolkata')).toBe('22 Nov 2026, 19:35:09 GMT+5:30');
    expect(formatInstant(at, 'UTC', 'milliseconds')).toBe('22 Nov 2026, 14:05:09.120 UTC');
  });

  test.each([
    [5_000, 'just now'],
    [65_000, '1 min ago'],
    [7_200_000, '2 hr ago'],
    [3 * 86_400_000, '3 days ago'],
    [-7_200_000, 'in 2 hr'],
  ])('%d ms before now is %s', (ms, text) => {
    expect(formatRelative(1e12 - ms, 1e12)).toBe(text);
  });
});
