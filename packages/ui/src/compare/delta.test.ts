import { expect, it } from 'vitest';
import { formatDelta, toDelta } from './delta.ts';

it.each([
  [100, 150, '+50'],
  [150, 100, '−50'],
  [7, 7, '='],
  [-1, 5, ''],
  [5, -1, ''],
])('from %d to %d is %j', (before, after, text) => {
  expect(formatDelta(toDelta(before, after), String)).toBe(text);
});
