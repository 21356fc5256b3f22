import { fromWallTime, toWallTime } from 'honeyhive-facts';

/** How time is cut: `starts` has the first instant of each bucket, the last one ends at `end`. Epoch milliseconds. */
export interface TimeBuckets {
  /** Width of a bucket; where clocks change, that of the usual one. */
  readonly bucketMs: number;
  readonly starts: readonly number[];
  readonly end: number;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Widths to choose from; those from a day on follow the calendar. */
const widths = [
  ...[1, 5, 10, 15, 30].map((count) => count * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
  dayMs,
  7 * dayMs,
  30 * dayMs,
  90 * dayMs,
  365 * dayMs,
];

/** What is wanted of buckets. */
export interface BucketWish {
  readonly fromMs: number;
  readonly beforeMs: number;
  /** IANA name. */
  readonly timezone: string;
  /** Most buckets. */
  readonly most: number;
  /** At least this wide; undefined: as narrow as `most` allows. */
  readonly widthMs?: number;
}

/**
 * Buckets that cover the range, with edges at whole hours, days, weeks (from Monday), months or years of the zone.
 * Days on which clocks change are one bucket of 23 or 25 hours; hours are always hours.
 *
 * @returns null when even the widest are too many
 */
export function planBuckets(wish: BucketWish): TimeBuckets | null {
  const { fromMs, beforeMs, widthMs = 0, most } = wish;
  const span = Math.max(1, beforeMs - fromMs);
  for (const width of widths) {
    if (width < widthMs || span / width > most) continue;
    const starts = cut(wish, width);
    const end = starts.pop() ?? beforeMs;
    // The first and the last bucket reach beyond the range: one more than the width alone says.
    if (starts.length <= most + 1) return { bucketMs: width, starts, end };
  }
  return null;
}

/** Starts of the buckets, and the end of the last one. */
function cut({ fromMs, beforeMs, timezone }: BucketWish, width: number): number[] {
  const edges = [startOf(fromMs, width, timezone)];
  for (let last = edges[0] ?? fromMs; last < beforeMs || edges.length === 1;) {
    last = nextEdge(last, width, timezone);
    edges.push(last);
  }
  return edges;
}

/** The last edge at or before the instant. */
function startOf(instant: number, width: number, timezone: string): number {
  const wall = toWallTime(instant, timezone);
  if (width <= hourMs) return instant - positiveModulo(wall, width);
  return Math.min(instant, fromWallTime(floorWall(wall, width), timezone));
}

function nextEdge(edge: number, width: number, timezone: string): number {
  if (width <= hourMs) return edge + width;
  // A little beyond the usual width lies in the next bucket, whatever clocks and months did.
  const wall = toWallTime(edge, timezone);
  const next = floorWall(wall + width + (width > 7 * dayMs ? width / 5 : width / 2), width);
  const instant = fromWallTime(next, timezone);
  return instant > edge ? instant : edge + width;
}

const mondayMs = 4 * dayMs;

/** The edge at or before a wall-clock time. */
function floorWall(wall: number, width: number): number {
  if (width <= dayMs) return wall - positiveModulo(wall, width);
  if (width === 7 * dayMs) return wall - positiveModulo(wall - mondayMs, width);
  const date = new Date(wall);
  const months = width === 30 * dayMs ? 1 : width === 90 * dayMs ? 3 : 12;
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return Date.UTC(date.getUTCFullYear(), month, 1);
}

const positiveModulo = (value: number, by: number): number => ((value % by) + by) % by;
