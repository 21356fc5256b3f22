import type { ChartUnit } from '../format/chart-value.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** 1, 2 and 5 times each power of ten from `from` to `to`. */
const decimal = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );

const durations = [
  ...decimal(-3, 2),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...decimal(0, 5).map((count) => count * day),
];

/** What marks of the vertical axis may be apart: durations by what clocks show, counts never by less than one. */
export function toAxisSteps(unit: ChartUnit, isCounted: boolean): number[] {
  if (unit === 'ms') return durations;
  return isCounted ? decimal(0, 15) : decimal(-9, 15);
}
