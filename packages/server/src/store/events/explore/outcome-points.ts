import type { HistogramPoint, TimedQuery } from '../../../domain/explore-chart.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readPoints } from '../reads/points.ts';

/** Points that may be parts of one bucket, added up, ascending. */
export function toHistogram(parts: readonly HistogramPoint[]): HistogramPoint[] {
  const byStart = new Map<number, HistogramPoint>();
  for (const { start, ok, error } of parts) {
    const sum = byStart.get(start) ?? { start, ok: 0, error: 0 };
    byStart.set(start, { start, ok: sum.ok + ok, error: sum.error + error });
  }
  return [...byStart.values()].toSorted((a, b) => a.start - b.start);
}

/** Rows that went well and others, as the engine counts them where they cannot be cached by hour. */
export async function countByOutcome(
  engine: EventEngine,
  { rows, starts }: TimedQuery,
  signal?: AbortSignal,
): Promise<HistogramPoint[]> {
  const points = await readPoints(
    engine,
    { rows, buckets: starts, groups: { by: 'outcome' }, metric: null, aggregation: 'count' },
    signal,
  );
  return toHistogram(
    points.map(({ bucketMs: start, group, count }) => {
      const isError = group !== 'others' && group.value === 'error';
      return { start, ok: isError ? 0 : count, error: isError ? count : 0 };
    }),
  );
}

/** The bucket of an instant. */
export function startOf(starts: readonly number[], instant: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return starts[Math.max(0, low - 1)] ?? instant;
}
