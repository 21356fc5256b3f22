import { expect, test } from 'vitest';
import { parseWallTime } from './wall-time.ts';

const at = (text: string, timeZone = 'UTC') => {
  const instant = parseWallTime(text, timeZone);
  return instant === null ? null : new Date(instant).toISOString();
};

test('is of the zone that is set, unless it names its own', () => {
  expect(at('2026-11-01')).toBe('2026-11-01T00:00:00.000Z');
  expect(at('2026-11-01T14:05', 'Europe/Berlin')).toBe('2026-11-01T13:05:00.000Z');
  expect(at('2026-07-01T14:05:06.7', 'Europe/Berlin')).toBe('2026-07-01T12:05:06.700Z');
  expect(at('2026-11-01T14:05Z', 'Europe/Berlin')).toBe('2026-11-01T14:05:00.000Z');
  expect(at('2026-11-01T14:05-0330', 'Europe/Berlin')).toBe('2026-11-01T17:35:00.000Z');
  expect(at('2026-11-01T00:00', 'Asia/Kathmandu')).toBe('2026-10-31T18:15:00.000Z');
});

test('is right on both sides of a change of the clocks', () => {
  expect(at('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00.000Z');
  expect(at('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
  expect(at('2026-10-25T04:00', 'Europe/Berlin')).toBe('2026-10-25T03:00:00.000Z');
});

test.each([
  '2026-11-01Z',
  '2026-11-01T10:00.5',
  '2026-02-31',
  '2026-13-01',
  '2026-11-01T25:00',
  '26-11-01',
  'soon',
  '2026-11-01 10:00',
])('%s is no time', (text) => {
  expect(at(text)).toBeNull();
});
