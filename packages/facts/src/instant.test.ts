import { describe, expect, test } from 'vitest';
import { parseInstant } from './instant.ts';

const ten = Date.UTC(2026, 2, 29, 10);

describe('a time', () => {
  test.each([
    ['2026-03-29T10:00:00Z', ten],
    ['2026-03-29t10:00:00z', ten],
    ['2026-03-29 10:00', ten],
    ['2026-03-29T10:00:00', ten],
    ['2026-03-29T12:00:00+02:00', ten],
    ['2026-03-29T12:00:00+0200', ten],
    ['2026-03-29T12:00:00+02', ten],
    ['2026-03-29 12:00:00.000+02', ten],
    ['2026-03-29T06:30:00-03:30', ten],
    ['2026-03-29', Date.UTC(2026, 2, 29)],
    ['2026-03-29T10:00:00.5Z', ten + 500],
    ['2026-03-29T10:00:00,5Z', ten + 500],
    ['2026-03-29T10:00:00.123456Z', ten + 123.456],
    ['2026-03-29T10:00:00.123456789Z', ten + 123.457],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    [String(ten), ten],
    [ten, ten],
  ])('%s is read the same on every host', (text, ms) => {
    expect(parseInstant(text)).toBe(ms);
  });

  test.each([
    '03/29/2026 10:00',
    '29 March 2026',
    'Sun, 29 Mar 2026 10:00:00 GMT',
    '2026-02-30',
    '2026-02-29T10:00:00Z',
    '2026-13-01',
    '2026-03-29T25:00:00Z',
    '2026-03-29T10:00:00 CET',
    '2026-03-29T10',
    '2026-W13-7',
    'yesterday',
    '',
  ])('%j is no ISO-8601 time', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});
