import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWallTime, isTimeZone, toWallTime } from './zoned-clock.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const utc = (text: string): number => Date.parse(`${text}Z`);

test('a local time that the zone skips is the one after the gap', () => {
  expect(fromWallTime(utc('2026-03-29T02:30:00'), 'Europe/Berlin')).toBe(
    utc('2026-03-29T01:30:00'),
  );
});

test('a local time that the zone repeats is the first of the two', () => {
  expect(fromWallTime(utc('2026-10-25T02:30:00'), 'Europe/Berlin')).toBe(
    utc('2026-10-25T00:30:00'),
  );
});

test('every instant is found again, or the first one with the same local time', () => {
  const instants = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2060, 0) });
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const wall = toWallTime(instant, zone);
      const found = fromWallTime(wall, zone);

      expect(toWallTime(found, zone)).toBe(wall);
      expect(found).toBeLessThanOrEqual(instant);
    }),
  );
});

test('more zones than are cached still work', () => {
  const all = Intl.supportedValuesOf('timeZone').slice(0, 100);

  const walls = all.map((zone) => toWallTime(0, zone));

  expect(all.map((zone) => toWallTime(0, zone))).toEqual(walls);
});

test('an unknown zone is rejected', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true);
  expect(isTimeZone('Mars/Olympus')).toBe(false);
  expect(() => toWallTime(0, 'Mars/Olympus')).toThrow(RangeError);
});
