import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planPages } from './page-plan.ts';

const maxPageSize = 7500;

describe('planPages', () => {
  test.each([
    [
      { offset: 0, limit: 100 },
      { pageSize: 100, pages: [1], skip: 0 },
    ],
    [
      { offset: 300, limit: 100 },
      { pageSize: 100, pages: [4], skip: 0 },
    ],
    [
      { offset: 50, limit: 100 },
      { pageSize: 150, pages: [1], skip: 50 },
    ],
    [
      { offset: 150, limit: 100 },
      { pageSize: 125, pages: [2], skip: 25 },
    ],
    [
      { offset: 100, limit: 7500 },
      { pageSize: 7500, pages: [1, 2], skip: 100 },
    ],
  ])('reads %j as %j', (extract, plan) => {
    expect(planPages(extract, maxPageSize)).toEqual(plan);
  });

  test('covers what was asked for, in at most two pages of an allowed size', () => {
    const extracts = fc.record({
      offset: fc.nat(1_000_000),
      limit: fc.integer({ min: 1, max: maxPageSize }),
    });
    fc.assert(
      fc.property(extracts, ({ offset, limit }) => {
        const { pageSize, pages, skip } = planPages({ offset, limit }, maxPageSize);
        const [first = 0] = pages;
        const start = (first - 1) * pageSize;

        expect(pageSize).toBeLessThanOrEqual(maxPageSize);
        expect(pages).toEqual(pages.length === 1 ? [first] : [first, first + 1]);
        expect(start + skip).toBe(offset);
        expect(start + pages.length * pageSize).toBeGreaterThanOrEqual(offset + limit);
      }),
    );
  });
});
