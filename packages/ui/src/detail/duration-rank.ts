import type { Durations } from 'honeyhive-wire';

/** Where a duration falls among others, and how they are spread. */
export interface DurationRank {
  /** 1 to 99: the share of the others that it is longer than, those of the same duration counted by half. */
  readonly percentile: number;
  /** Events of the comparison. */
  readonly count: number;
  /** 0 to 1 each, on a scale where the duration doubles in the same width, along all of it. */
  readonly bars: readonly { readonly height: number; readonly isOwn: boolean }[];
}

/** Of fewer events a percentile says nothing. */
const fewestEvents = 10;
const mostBars = 24;

/** null when there are too few to compare with. */
export function rankDuration(
  { count, shorter, equal, bars }: Durations,
  durationMs: number,
): DurationRank | null {
  const first = bars[0];
  const last = bars.at(-1);
  if (count < fewestEvents || !first || !last) return null;
  const share = (shorter + equal / 2) / count;
  const start = Math.log2(first.from_ms);
  const span = Math.log2(last.to_ms) - start;
  const places = Math.min(mostBars, Math.round(span * 4));
  const placeOf = (ms: number): number =>
    Math.min(places - 1, Math.max(0, Math.floor(((Math.log2(ms) - start) / span) * places)));
  const sums = Array.from({ length: places }, () => 0);
  for (const bar of bars) {
    const place = placeOf(Math.sqrt(bar.from_ms * bar.to_ms));
    sums[place] = (sums[place] ?? 0) + bar.count;
  }
  const most = Math.max(...sums);
  const own = placeOf(durationMs);
  return {
    percentile: Math.min(99, Math.max(1, Math.round(share * 100))),
    count,
    bars: sums.map((sum, place) => ({ height: sum / most, isOwn: place === own })),
  };
}
