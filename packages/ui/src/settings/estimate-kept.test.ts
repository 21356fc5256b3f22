import { expect, test } from 'vitest';
import { estimateKept } from './estimate-kept.ts';

const counts = [
  { source: 'production', sessions: 1_000, exceptions: 100 },
  { source: 'staging', sessions: 50, exceptions: 60 },
];

test('exceptions are kept, and of the others a share by their source', () => {
  expect(estimateKept(counts, { rate: 1, bySource: { production: 0.1 } })).toBe(100 + 90 + 50);
  expect(estimateKept(counts, { rate: 0, bySource: {} })).toBe(150);
});
