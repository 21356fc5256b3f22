import { expect, test } from 'vitest';
import { findOddTime } from './instant.ts';

const ten = Date.UTC(2026, 2, 29, 10);

test.each([
  [1_760_000_000, 'before 2000'],
  [Date.UTC(1999, 11, 31), 'before 2000'],
  [ten * 1000, 'ahead'],
  [ten + 86_400_001, 'ahead'],
])('%d is suspicious', (ms, why) => {
  expect(findOddTime(ms, ten)).toContain(why);
});

test.each([Date.UTC(2000), ten - 86_400_000, ten, ten + 86_400_000])('%d is usual', (ms) => {
  expect(findOddTime(ms, ten)).toBeNull();
});
