import { expect, test } from 'vitest';
import { parseWindow, windowAt, windowBefore } from './alert-window.ts';
import type { AlertWindow } from './alert-window.ts';

const at = (iso: string): number => Date.parse(iso);
const spanOf = (from: string, before: string) => ({ fromMs: at(from), beforeMs: at(before) });
const windowOf = (text: string, zone = 'UTC'): AlertWindow => {
  const window = parseWindow(text, zone);
  if (window === null) throw new Error(`no window: ${text}`);
  return window;
};

test('a rolling window ends where it is asked for, and the one before ends where it begins', () => {
  const window = windowOf('90m');
  const span = windowAt(window, at('2026-03-01T12:00Z'));

  expect(span).toEqual(spanOf('2026-03-01T10:30Z', '2026-03-01T12:00Z'));
  expect(windowBefore(window, span)).toEqual(spanOf('2026-03-01T09:00Z', '2026-03-01T10:30Z'));
});

test.each([
  ['day', '2026-03-29T22:00Z', '2026-03-29T00:00+01:00', '2026-03-28T00:00+01:00'],
  ['week', '2026-03-04T10:00Z', '2026-03-02T00:00+01:00', '2026-02-23T00:00+01:00'],
  ['month', '2026-03-04T10:00Z', '2026-03-01T00:00+01:00', '2026-02-01T00:00+01:00'],
])('a %s begins with that of the calendar', (unit, end, start, startBefore) => {
  const window = windowOf(unit, 'Europe/Berlin');
  const span = windowAt(window, at(end));

  expect(span).toEqual(spanOf(start, end));
  const before = windowBefore(window, span);
  expect(before.fromMs).toBe(at(startBefore));
  expect(before.beforeMs - before.fromMs).toBe(span.beforeMs - span.fromMs);
});

test('at midnight, the day is the one that ended', () => {
  expect(windowAt(windowOf('day'), at('2026-03-05T00:00Z'))).toEqual(
    spanOf('2026-03-04T00:00Z', '2026-03-05T00:00Z'),
  );
});

test.each([
  ['31d', true],
  ['744h', true],
  ['32d', false],
  ['44641m', false],
])('%s: at most 31 days', (text, isTaken) => {
  expect(parseWindow(text, 'UTC') !== null).toBe(isTaken);
});
