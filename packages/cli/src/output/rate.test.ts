import { expect, test } from 'vitest';
import { formatAdvance } from './rate.ts';

test('a bar, what is done, how fast, and the time left', () => {
  expect(formatAdvance({ share: 0.3, count: 12_345, elapsedMs: 3_000 }, 'events')).toBe(
    '[██████░░░░░░░░░░░░░░] 30%, 12,345 events, 4,115/s, 7.00 s left',
  );
});

test('what continues where it stopped is as fast as it is now', () => {
  const begun = { share: 0.5, count: 1_000 };

  expect(formatAdvance({ share: 0.75, count: 1_500, elapsedMs: 1_000, begun }, 'events')).toBe(
    '[███████████████░░░░░] 75%, 1,500 events, 500/s, 1.00 s left',
  );
});

test('before anything is done there is neither', () => {
  const begun = { share: 0.5, count: 1_000 };

  expect(formatAdvance({ share: 0.5, count: 1_000, elapsedMs: 10, begun }, 'events')).toBe(
    '[██████████░░░░░░░░░░] 50%, 1,000 events',
  );
});
