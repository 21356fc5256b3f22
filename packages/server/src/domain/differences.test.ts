import { expect, test } from 'vitest';
import { rankDifferences } from './differences.ts';

const count = (path: string, value: string, selected: number, rest: number) => ({
  path,
  value,
  selected,
  rest,
});

test('ranks paths by how far the shares of their values are apart', () => {
  const ranked = rankDifferences(
    {
      selectedCount: 10,
      restCount: 100,
      isSampled: false,
      values: [
        count('version', '2', 9, 10),
        count('version', '1', 1, 90),
        count('region', 'eu', 5, 50),
        count('region', 'us', 5, 50),
        count('plan', 'free', 5, 20),
        count('chosen', 'x', 10, 0),
      ],
    },
    new Set(['chosen']),
  );

  expect(ranked.map(({ path, score }) => [path, Number(score.toFixed(3))])).toEqual([
    ['version', 0.8],
    ['plan', 0.3],
  ]);
  expect(ranked[0]?.values).toEqual([
    { value: '2', selected: 0.9, rest: 0.1 },
    { value: '1', selected: 0.1, rest: 0.9 },
  ]);
  expect(ranked[1]?.values[1]).toEqual({ value: null, selected: 0.5, rest: 0.8 });
});

test('leaves out what has its own value for nearly every row, and says nothing of nothing', () => {
  const ids = Array.from({ length: 300 }, (_each, index) => count('id', String(index), 2, 0));

  expect(
    rankDifferences(
      { selectedCount: 600, restCount: 10, isSampled: false, values: ids },
      new Set(),
    ),
  ).toEqual([]);
  expect(
    rankDifferences(
      { selectedCount: 0, restCount: 2, isSampled: false, values: [count('a', 'x', 0, 2)] },
      new Set(),
    ),
  ).toEqual([]);
});
