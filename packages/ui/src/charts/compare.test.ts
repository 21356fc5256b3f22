import { describe, expect, it } from 'vitest';
import type { ChartData, ChartLine } from './chart-data.ts';
import { describeChange, toPeriodBefore, withPeriodBefore } from './compare.ts';

const line = (name: string, values: (number | null)[], total: number | null = null): ChartLine => ({
  name,
  values,
  total,
});
const chart = (starts: number[], end: number, lines: ChartLine[]): ChartData => ({
  starts,
  end,
  lines,
  isEstimated: false,
  groupCount: lines.length,
});

it('compares with a period of the same length, which ends where the range begins', () => {
  expect(toPeriodBefore({ from: 1_000, to: 1_600 })).toEqual({ from: 400, to: 1_000 });
});

describe('withPeriodBefore', () => {
  const data = chart([100, 110, 120], 130, [line('a', [1, 2, 3]), line('b', [4, 5, 6])]);

  it('adds up what is stacked', () => {
    const before = chart([70, 80, 90], 100, [line('a', [1, null, 3], 4), line('c', [1, 1, 1], 3)]);

    const compared = withPeriodBefore(data, before, { isStacked: true, shiftMs: 30 });

    expect(compared.before).toEqual([line('All', [2, 1, 4], 7)]);
    expect(compared.totalsBefore?.get('a')).toBe(4);
  });

  it('keeps lines apart, those that are in the chart, with their gaps', () => {
    const before = chart([70, 80, 90], 100, [line('a', [1, null, 3]), line('c', [9, 9, 9])]);

    const compared = withPeriodBefore(data, before, { isStacked: false, shiftMs: 30 });

    expect(compared.before).toEqual([line('a', [1, null, 3])]);
  });

  it('finds the bucket of the same time, whatever the edges of the two periods are', () => {
    const before = chart([68, 78, 88, 98], 104, [line('a', [1, 2, 3, 4])]);

    const compared = withPeriodBefore(data, before, { isStacked: false, shiftMs: 30 });

    expect(compared.before?.[0]?.values).toEqual([1, 2, 3]);
  });

  it('has a gap where the period before had no bucket', () => {
    const before = chart([80], 90, [line('a', [7])]);

    const compared = withPeriodBefore(data, before, { isStacked: false, shiftMs: 30 });

    expect(compared.before?.[0]?.values).toEqual([null, 7, null]);
  });
});

it.each([
  [112, 100, '+12 %'],
  [100, 112, '−11 %'],
  [101.2, 100, '+1.2 %'],
  [100, 100, '±0 %'],
  [2_500, 1, '+249,900 %'],
  [5, 0, null],
  [null, 3, null],
])('says how %s differs from %s', (now, before, text) => {
  expect(describeChange(now, before)).toBe(text);
});
