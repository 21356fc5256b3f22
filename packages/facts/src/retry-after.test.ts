import { describe, expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);

describe('parseRetryAfter', () => {
  test.each([
    ['0', 0],
    ['3', 3000],
    [' 120 ', 120_000],
    ['1.5', 1500],
    ['Fri, 20 Nov 2026 12:00:07 GMT', 7000],
    ['Friday, 20-Nov-26 12:00:07 GMT', 7000],
    ['Fri Nov 20 12:00:07 2026', 7000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
  ])('reads %j as %i ms', (value, waitMs) => {
    expect(parseRetryAfter(value, now)).toBe(waitMs);
  });

  test.each([
    undefined,
    '',
    '-1',
    'soon',
    '1e3',
    '2026-11-20T12:00:07Z',
    'Fri, 99 Nov 2026 12:00:07 GMT',
    '5 apples',
  ])('makes nothing of %j', (value) => {
    expect(parseRetryAfter(value, now)).toBeNull();
  });
});
