import { formatCost } from './cost.ts';
import { formatDuration } from './duration.ts';
import { formatCompact, formatCount, formatRatio } from './number.ts';

/** What the numbers of a chart are: how they are written. */
export type ChartUnit = 'count' | 'ratio' | 'ms' | 'usd';

const formats: Readonly<Record<ChartUnit, (value: number) => string>> = {
  count: (value) =>
    Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(3))),
  ratio: formatRatio,
  ms: formatDuration,
  usd: formatCost,
};

/** A number of a chart in words. */
export const formatValue = (unit: ChartUnit, value: number | null): string =>
  value === null ? '–' : formats[unit](value);

/** The same for the marks of an axis, where there is little room. */
export const formatMark = (unit: ChartUnit, value: number): string =>
  unit === 'count' ? formatCompact(value) : formats[unit](value);
