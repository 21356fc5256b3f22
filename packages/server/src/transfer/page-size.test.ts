import { expect, test } from 'vitest';
import { firstPageRows, nextPageRows } from './page-size.ts';

const MiB = 1024 ** 2;

test('small events: pages grow to a limit', () => {
  let rows = firstPageRows;
  for (let page = 0; page < 20; page += 1) rows = nextPageRows(rows, rows * 600);

  expect(rows).toBe(4_096);
});

test('large events: pages shrink at once, down to one event', () => {
  expect(nextPageRows(256, 256 * MiB)).toBe(8);
  expect(nextPageRows(8, 8 * 20 * MiB)).toBe(1);
});
