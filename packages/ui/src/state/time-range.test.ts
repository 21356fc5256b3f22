import { describe, expect, test } from 'vitest';
import {
  describeTimeRange,
  parseTimeRange,
  printTimeRange,
  resolveTimeRange,
} from './time-range.ts';

const hour = 3_600_000;

describe('time ranges', () => {
  test.each([
    '15m',
    '24h',
    '7d',
    '2w',
    '2026-11-01T00:00~2026-11-02T00:00',
    '2026-11-01~2026-11-02',
  ])('%s is read and printed the same', (text) => {
    const range = parseTimeRange(text);
    expect(range).not.toBeNull();
    expect(range && printTimeRange(range)).toBe(text);
  });

  test.each([
    '',
    '0h',
    '24',
    '24y',
    '1.5h',
    '999999w',
    'a~b',
    '2026-11-02~2026-11-01',
    '1h~2h',
    '2026-11-01~2026-11-02~2026-11-03',
  ])('%j is invalid', (text) => {
    expect(parseTimeRange(text)).toBeNull();
  });

  test('a length ends now', () => {
    const range = parseTimeRange('24h');
    expect(range && resolveTimeRange(range, 'UTC', 100 * hour)).toEqual({
      from: 76 * hour,
      to: 100 * hour,
    });
  });

  test('a length beyond the beginning of the epoch starts there', () => {
    const range = parseTimeRange('5000w');
    expect(range && resolveTimeRange(range, 'UTC', hour)).toEqual({ from: 0, to: hour });
  });

  test('local times are those of the zone', () => {
    const range = parseTimeRange('2026-11-01T00:00~2026-11-02T00:00');
    const utc = range && resolveTimeRange(range, 'UTC', 0);
    const newYork = range && resolveTimeRange(range, 'America/New_York', 0);
    // The clocks go back that night: the day has 25 hours.
    expect(utc && utc.to - utc.from).toBe(24 * hour);
    expect(newYork && newYork.to - newYork.from).toBe(25 * hour);
  });

  test('it is described in words', () => {
    expect(describeTimeRange({ kind: 'last', text: '30m', ms: 1 })).toBe('last 30 min');
    expect(describeTimeRange({ kind: 'between', from: '2026-11-01T00:00', to: '2026-11-02' })).toBe(
      '2026-11-01 00:00 to 2026-11-02',
    );
  });
});
