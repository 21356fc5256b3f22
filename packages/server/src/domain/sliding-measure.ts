import type { PartNumber } from './alert-reads.ts';
import { meetsThreshold } from './alert-rule.ts';
import type { Measure, Threshold } from './alert-rule.ts';
import { countBelow, countUpTo, quantile } from './sorted-numbers.ts';

/** Parts of time from one, inclusive, to another, exclusive. */
export interface PartRange {
  readonly first: number;
  readonly end: number;
}

const levels: Readonly<Record<string, number>> = {
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
};

/**
 * A measure of any range of parts of time. What thresholds say of a percentile follows from how many numbers of each
 * part are below it, which is counted once: only where the threshold lies between the two neighbours of the percentile,
 * or its value is wanted, are the numbers themselves looked at.
 */
export class SlidingMeasure {
  readonly #parts: readonly (PartNumber | undefined)[];
  readonly #aggregation: Measure['aggregation'];
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  readonly #below = new Map<number, { readonly less: Float64Array; readonly upTo: Float64Array }>();

  /** @param parts one for each part of time; undefined where no event has the number */
  constructor(
    parts: readonly (PartNumber | undefined)[],
    aggregation: Measure['aggregation'],
    thresholds: readonly Threshold[],
  ) {
    this.#parts = parts;
    this.#aggregation = aggregation;
    this.#counts = addUp(parts, ({ count }) => count);
    this.#sums = addUp(parts, ({ value }) => value);
    if (!(aggregation in levels)) return;
    for (const { value: limit } of thresholds)
      this.#below.set(limit, {
        less: addUp(parts, ({ values }) => countBelow(values, limit)),
        upTo: addUp(parts, ({ values }) => countUpTo(values, limit)),
      });
  }

  count(range: PartRange): number {
    return between(this.#counts, range);
  }

  /** null when no event of the range has the number. */
  value(range: PartRange): number | null {
    const count = this.count(range);
    const aggregation = this.#aggregation;
    if (aggregation === 'count') return count;
    if (count === 0) return null;
    const parts = this.#parts.slice(range.first, range.end).filter((part) => part !== undefined);
    const level = levels[aggregation];
    if (level !== undefined)
      return quantile(
        parts.map(({ values }) => values),
        level,
      );
    const values = parts.filter((part) => part.count > 0).map(({ value }) => value);
    if (aggregation === 'min') return values.reduce((a, b) => Math.min(a, b));
    if (aggregation === 'max') return values.reduce((a, b) => Math.max(a, b));
    const sum = between(this.#sums, range);
    return aggregation === 'avg' ? sum / count : sum;
  }

  /** null when no event of the range has the number. */
  meets(range: PartRange, threshold: Threshold): boolean | null {
    const known = this.#compare(range, threshold);
    if (known !== null) return known;
    const value = this.value(range);
    return value === null ? null : meetsThreshold(value, threshold);
  }

  /** Whether a percentile is beyond a threshold, as far as counts tell. */
  #compare(range: PartRange, { operator, value: limit }: Threshold): boolean | null {
    const below = this.#below.get(limit);
    const count = this.count(range);
    if (below === undefined || count === 0 || operator === 'equal_to') return null;
    const rank = (levels[this.#aggregation] ?? 0) * (count - 1);
    const isLess = operator === 'less_than';
    const before = between(isLess ? below.less : below.upTo, range);
    // Both neighbours are before the threshold, or neither is.
    if (before > Math.ceil(rank)) return isLess;
    return before <= Math.floor(rank) ? !isLess : null;
  }
}

/** Sums from the beginning up to each part. */
function addUp(
  parts: readonly (PartNumber | undefined)[],
  read: (part: PartNumber) => number,
): Float64Array {
  const sums = new Float64Array(parts.length + 1);
  let sum = 0;
  for (const [index, part] of parts.entries()) {
    if (part !== undefined) sum += read(part);
    sums[index + 1] = sum;
  }
  return sums;
}

const between = (sums: Float64Array, { first, end }: PartRange): number =>
  (sums[end] ?? 0) - (sums[first] ?? 0);
