import type { ChartSpec } from './chart-spec.ts';
import type { ChartData, ChartLine } from './chart-data.ts';

/** The middle of each bucket: where its value is drawn, so that the nearest one is that of the bucket pointed at. */
export const toMiddles = ({ starts, end }: Pick<ChartData, 'starts' | 'end'>): number[] =>
  starts.map((start, index) => (start + (starts[index + 1] ?? end)) / 2);

/** Counts and sums are drawn as bars on top of each other: they add up to a whole. Rates and percentiles do not. */
export const isStacked = ({ aggregations }: Pick<ChartSpec, 'aggregations'>): boolean =>
  aggregations.every((aggregation) => aggregation === 'count' || aggregation === 'sum');

/** Tops of the bars of each line, the first line at the bottom; a hidden line has none. */
export function stack(
  lines: readonly Pick<ChartLine, 'name' | 'values'>[],
  hidden: ReadonlySet<string>,
): number[][] {
  let below: readonly number[] = [];
  return lines.map(({ name, values }) => {
    const isHidden = hidden.has(name);
    const tops = values.map(
      (value, index) => (below[index] ?? 0) + (isHidden ? 0 : Math.max(0, value ?? 0)),
    );
    below = tops;
    return tops;
  });
}

/** Places of values between two gaps: no line leads to them, so each is drawn as a point. */
export const findSingles = (values: readonly (number | null | undefined)[]): number[] =>
  values.flatMap((value, index) => {
    const isKnown = (at: number) => typeof values[at] === 'number';
    return typeof value === 'number' && !isKnown(index - 1) && !isKnown(index + 1) ? [index] : [];
  });
