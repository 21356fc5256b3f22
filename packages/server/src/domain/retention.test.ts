import { expect, test } from 'vitest';
import { readExpiry } from './retention.ts';

const noon = Date.UTC(2026, 10, 22, 12, 34, 56, 789);

test.each([
  [{ retention_days: 1 }, Date.UTC(2026, 10, 21)],
  [{ retention_days: 30 }, Date.UTC(2026, 9, 23)],
  [{ retention_days: 36_500 }, Date.UTC(2026, 10, 22) - 36_500 * 86_400_000],
  [{ retention_days: null }, null],
  [{}, null],
  [{ retention_days: 0 }, null],
  [{ retention_days: '7' }, null],
])('%j', (settings, expected) => {
  expect(readExpiry(settings, noon)).toBe(expected);
});

test('payloads have their own days', () => {
  const settings = { retention_days: 30, payload_retention_days: 1 };

  expect(readExpiry(settings, noon, 'payload_retention_days')).toBe(Date.UTC(2026, 10, 21));
});
