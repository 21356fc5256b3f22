import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRowWindow, scrollToRow } from './row-window.ts';

const rowHeight = 32;

test('holds every row in view, wherever the list is scrolled to, and few others', () => {
  const sizes = fc.record({
    scrollTop: fc.integer({ min: -50, max: 4_000_000 }),
    viewHeight: fc.integer({ min: 0, max: 2_000 }),
    rowCount: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(sizes, ({ scrollTop, viewHeight, rowCount }) => {
      const { first, end } = findRowWindow({ scrollTop, viewHeight, rowHeight, rowCount });
      expect(first).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(rowCount);
      expect(end - first).toBeLessThanOrEqual(viewHeight / rowHeight + 14);
      const top = Math.max(0, scrollTop);
      for (const y of [top, top + viewHeight - 1]) {
        const row = Math.floor(y / rowHeight);
        if (viewHeight > 0 && row < rowCount) {
          expect(row).toBeGreaterThanOrEqual(first);
          expect(row).toBeLessThan(end);
        }
      }
    }),
  );
});

test('scrolls as little as it takes to show a row', () => {
  const view = { scrollTop: 320, viewHeight: 320, rowHeight };
  expect(scrollToRow(12, view)).toBe(320);
  expect(scrollToRow(9, view)).toBe(288);
  expect(scrollToRow(20, view)).toBe(352);
});
