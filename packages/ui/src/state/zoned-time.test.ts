import { describe, expect, test } from 'vitest';
import { isTimeZone } from 'honeyhive-facts';
import { parseZoned, printZoned } from './zoned-time.ts';

describe('local times', () => {
  test.each([
    ['2026-11-01T00:00', 'UTC', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01', 'UTC', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T12:30:05', 'Asia/Kolkata', '2026-11-01T07:00:05.000Z'],
    ['2026-07-01T00:00', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-12-01T00:00', 'America/New_York', '2026-12-01T05:00:00.000Z'],
    // Skipped in spring, shown twice in autumn.
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-06-01T00:00', 'Pacific/Apia', '2026-05-31T11:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, iso) => {
    expect(new Date(parseZoned(text, zone) ?? 0).toISOString()).toBe(iso);
  });

  test.each([
    '',
    'today',
    '2026-02-31T00:00',
    '2026-11-01T25:00',
    '2026-13-01',
    '2026-11-01 00:00',
  ])('%j is invalid', (text) => {
    expect(parseZoned(text, 'UTC')).toBeNull();
  });

  test('what is printed is read back, in each zone and on both sides of a change', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu']) {
      for (
        let at = Date.UTC(2026, 0, 1);
        at < Date.UTC(2027, 0, 1);
        at += 13 * 3_600_000 + 61_000
      ) {
        const text = printZoned(at, zone);
        const back = parseZoned(text, zone) ?? Number.NaN;
        expect([at, at - 3_600_000]).toContain(back);
        expect(printZoned(back, zone)).toBe(text);
      }
    }
  });

  test('zones are those of the platform', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
