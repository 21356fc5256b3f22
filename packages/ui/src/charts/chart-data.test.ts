import type { ExploreChart } from 'honeyhive-wire';
import { describe, expect, it } from 'vitest';
import { describeChart, isEmpty, toChartData, toCsv } from './chart-data.ts';

type Series = ExploreChart['series'][number];
const series = (group: string | null, values: (number | null)[]): Series => ({
  group,
  values,
  total: 7,
  count: 3,
});
const answer = (list: Series[], more: Partial<ExploreChart> = {}): ExploreChart => ({
  bucket_ms: 1000,
  timezone: 'UTC',
  estimated: false,
  starts: [0, 1000],
  end: 2000,
  series: list,
  groups_total: list.length,
  others: null,
  ...more,
});

describe('toChartData', () => {
  it('names a line for each group, and what has none', () => {
    const data = toChartData([['sum', answer([series('gpt-4o', [1, 2]), series(null, [3, 4])])]]);

    expect(data.lines.map(({ name, group }) => [name, group])).toEqual([
      ['gpt-4o', 'gpt-4o'],
      ['(none)', undefined],
    ]);
  });

  it('names a line for each aggregation where there are several', () => {
    const data = toChartData([
      ['p50', answer([series(null, [1, 2])])],
      ['p95', answer([series(null, [5, 6])])],
    ]);

    expect(data.lines.map(({ name, values }) => [name, values])).toEqual([
      ['p50', [1, 2]],
      ['p95', [5, 6]],
    ]);
  });

  it('takes the other groups together and says how many there are', () => {
    const list = [series('a', [1, 1])];
    const others = series(null, [9, 9]);

    const data = toChartData([['sum', answer(list, { others, groups_total: 41 })]]);

    expect(data.lines.map(({ name }) => name)).toEqual(['a', 'others']);
    expect(data.groupCount).toBe(41);
  });
});

it('is empty when nothing was measured', () => {
  expect(isEmpty(toChartData([['count', answer([series(null, [0, null])])]]))).toBe(true);
  expect(isEmpty(toChartData([['count', answer([series(null, [0, 1])])]]))).toBe(false);
});

it('says in words what is drawn', () => {
  const data = toChartData([['count', answer([series('tool', [4, 1])])]]);

  expect(describeChart('Events', data, String)).toBe(
    'Events. tool: lowest 1, highest 4, latest 1.',
  );
});

it('writes CSV that a spreadsheet reads as text and numbers', () => {
  const data = toChartData([
    ['sum', answer([series('a "b", c', [1.5, null]), series('=1+1', [0, 2])])],
  ]);

  expect(toCsv(data)).toBe(
    'start,"a ""b"", c",\'=1+1\r\n' +
      '1970-01-01T00:00:00.000Z,1.5,0\r\n' +
      '1970-01-01T00:00:01.000Z,,2\r\n',
  );
});
