import { expect, test } from 'vitest';
import { findPauseReason } from './pause-reason.ts';

const nobody = { scrollTop: 0, isRowOpen: false, isTextSelected: false, isTabHidden: false };

test('a list at its top without activity continues', () => {
  expect(findPauseReason(nobody)).toBeNull();
});

test.each([
  [{ scrollTop: 1 }, 'scrolled'],
  [{ isRowOpen: true }, 'open'],
  [{ isTextSelected: true }, 'text'],
  [{ isTabHidden: true, isRowOpen: true }, 'hidden'],
])('%j: it stands still, %s', (change, reason) => {
  expect(findPauseReason({ ...nobody, ...change })).toBe(reason);
});
