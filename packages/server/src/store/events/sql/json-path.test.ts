import fc from 'fast-check';
import { limits } from 'honeyhive-facts';
import { expect, test } from 'vitest';
import { costOfFilter } from '../../../domain/filter-cost.ts';
import { toRoutes } from './json-path.ts';

const costOf = (segments: readonly string[]): number =>
  costOfFilter({ path: ['metadata', ...segments] });

const paths = (segment: fc.Arbitrary<string>) =>
  fc.array(segment, { minLength: 1, maxLength: limits.pathSegments - 1 });

test('a filter on names of keys costs the routes that the query takes', () => {
  fc.assert(
    fc.property(paths(fc.constantFrom('a', 'b.c', 'x1')), (segments) => {
      expect(costOf(segments)).toBe(toRoutes(segments).length);
    }),
  );
});

test('where segments are numbers, the query takes no more routes than the filter costs', () => {
  fc.assert(
    fc.property(paths(fc.constantFrom('a', '0', '12')), (segments) => {
      expect(toRoutes(segments).length).toBeLessThanOrEqual(costOf(segments));
    }),
  );
});
