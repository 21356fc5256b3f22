/** A value at an instant; null: nothing was measured. */
export interface PlotPoint {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number | null;
}

/** Least and greatest value of a plot. */
export interface PlotRange {
  readonly low: number;
  readonly high: number;
}

/** The range of values and thresholds, with zero in it and room above. */
export function rangeOf(points: readonly PlotPoint[], thresholds: readonly number[]): PlotRange {
  const values = [
    0,
    ...thresholds,
    ...points.flatMap(({ value }) => (value === null ? [] : [value])),
  ];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.1;
  return { low: low < 0 ? low - room : 0, high: high + room };
}

/** Place of a value from the top, 0 to 1. */
export const placeOf = (value: number, { low, high }: PlotRange): number =>
  (high - value) / (high - low);

/** The value at a place; the other way. */
export const valueAt = (place: number, { low, high }: PlotRange): number =>
  toShort(high - Math.min(1, Math.max(0, place)) * (high - low));

/** With three digits: more cannot be set by hand. */
const toShort = (value: number): number => Number(value.toPrecision(3));

/** The threshold after a key: up and down by a hundredth, with Shift by a tenth; null for other keys. */
export function moveThreshold(
  value: number,
  {
    key,
    isFast,
    range,
  }: { readonly key: string; readonly isFast: boolean; readonly range: PlotRange },
): number | null {
  const sign = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
  if (sign === 0) return null;
  // A hundredth of nothing would be no step.
  const whole = value === 0 ? range.high - range.low : Math.abs(value);
  return Number((value + (sign * whole * (isFast ? 10 : 1)) / 100).toPrecision(12));
}

/** The points as paths of an SVG of a width and height; where nothing was measured, the line is broken. */
export function toPath(
  points: readonly PlotPoint[],
  {
    from,
    to,
    range,
    width,
    height,
  }: {
    readonly from: number;
    readonly to: number;
    readonly range: PlotRange;
    readonly width: number;
    readonly height: number;
  },
): string {
  let isDrawing = false;
  return points
    .flatMap(({ at, value }) => {
      if (value === null) {
        isDrawing = false;
        return [];
      }
      const x = ((at - from) / (to - from || 1)) * width;
      const step = `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${(placeOf(value, range) * height).toFixed(1)}`;
      // A point alone would be no line.
      const dot = isDrawing ? '' : 'h0.01';
      isDrawing = true;
      return [step + dot];
    })
    .join('');
}
