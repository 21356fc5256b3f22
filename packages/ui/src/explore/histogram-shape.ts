/** One bar of a histogram, as the API gives it. */
export interface Bucket {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly ok: number;
  readonly error: number;
}

/** A bar with its sizes as shares of the whole, 0 to 1. */
export interface Bar extends Bucket {
  readonly x: number;
  readonly width: number;
  readonly okHeight: number;
  readonly errorHeight: number;
}

/** What a bar must at least be to be seen, when there is anything in it. */
const leastHeight = 0.03;

/** Buckets as bars over the range that they fill, up to `end`, epoch milliseconds. */
export function toBars(buckets: readonly Bucket[], end: number): Bar[] {
  const [first] = buckets;
  if (!first || end <= first.start) return [];
  const span = end - first.start;
  const most = Math.max(1, ...buckets.map(({ ok, error }) => ok + error));
  const toHeight = (count: number) => (count === 0 ? 0 : Math.max(leastHeight, count / most));
  return buckets.map((bucket, index) => ({
    ...bucket,
    x: (bucket.start - first.start) / span,
    width: ((buckets[index + 1]?.start ?? end) - bucket.start) / span,
    okHeight: toHeight(bucket.ok),
    errorHeight: toHeight(bucket.error),
  }));
}

/** The index of the bar at a position, a share of the width; -1 without bars. */
export const findBar = (bars: readonly Bar[], x: number): number =>
  bars.findLastIndex((bar) => bar.x <= Math.max(0, x));

/** The time that two bars and those between them fill; `end` as for `toBars`. */
export function toInterval(
  bars: readonly Bar[],
  [one, other]: readonly [number, number],
  end: number,
): { from: number; to: number } | null {
  const first = bars[Math.min(one, other)];
  const after = bars[Math.max(one, other) + 1];
  return first ? { from: first.start, to: after?.start ?? end } : null;
}
