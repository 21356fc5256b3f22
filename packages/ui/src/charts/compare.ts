import type { Interval } from '../state/time-range.ts';
import { chartsText } from '../text/charts.ts';
import type { ChartData, ChartLine } from './chart-data.ts';

/** The time before a range, of the same length. */
export const toPeriodBefore = ({ from, to }: Interval): Interval => ({
  from: Math.max(0, from - (to - from)),
  to: from,
});

/** For each bucket, the value of the one that lies `shiftMs` before its middle. */
function align(
  { starts, end }: ChartData,
  before: ChartData,
  shiftMs: number,
): (values: ChartLine['values']) => (number | null)[] {
  const places = starts.map((start, index) => {
    const at = (start + (starts[index + 1] ?? end)) / 2 - shiftMs;
    return at < before.end ? before.starts.findLastIndex((begin) => begin <= at) : -1;
  });
  return (values) => places.map((place) => values[place] ?? null);
}

/** All lines as one, for bars on top of each other. */
function addUp(lines: readonly ChartLine[]): ChartLine[] {
  const [first] = lines;
  if (!first) return [];
  const values = first.values.map((_, index) =>
    lines.reduce((sum, line) => sum + (line.values[index] ?? 0), 0),
  );
  const total = lines.reduce((sum, line) => sum + (line.total ?? 0), 0);
  return [{ name: chartsText.all, values, total }];
}

/**
 * A chart with that of the period before: as one line where the lines are stacked, else as one for each of its lines.
 *
 * @param shiftMs how much earlier the period before is
 */
export function withPeriodBefore(
  data: ChartData,
  before: ChartData,
  { isStacked, shiftMs }: { readonly isStacked: boolean; readonly shiftMs: number },
): ChartData {
  const toValues = align(data, before, shiftMs);
  const shown = isStacked
    ? addUp(before.lines)
    : before.lines.filter(({ name }) => data.lines.some((line) => line.name === name));
  return {
    ...data,
    before: shown.map(({ values, ...line }) => ({ ...line, values: toValues(values) })),
    totalsBefore: new Map(before.lines.map(({ name, total }) => [name, total])),
  };
}

/** `+12 %`; null where there is nothing to compare with. */
export function describeChange(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before === 0) return null;
  const percent = ((now - before) / Math.abs(before)) * 100;
  const size = Math.abs(percent);
  const digits = size < 10 && size >= 0.05 ? 1 : 0;
  const text = size.toFixed(digits);
  if (Number(text) === 0) return '±0 %';
  return `${percent > 0 ? '+' : '−'}${Number(text).toLocaleString('en')} %`;
}
