import type { ChartQuery } from '../../../domain/event-query.ts';
import type { ChartPoint } from '../../../domain/event-store.ts';
import { toHour } from '../rows/event-row.ts';
import { unitOfBucket } from '../sql/hour-range.ts';

type Addition = (a: number, b: number) => number;

const sum: Addition = (a, b) => a + b;

/** Aggregations whose value for two sets of events follows from the values of each. */
export const additions: Partial<Record<ChartQuery['aggregation'], Addition>> = {
  count: sum,
  sum,
  min: Math.min,
  max: Math.max,
};

const hourMs = 3_600_000;

/** One point for each bucket and group out of points of parts of it; in the order of charts. */
export function addPoints(
  points: readonly ChartPoint[],
  { bucket, add }: { bucket: ChartQuery['bucket']; add: Addition },
): ChartPoint[] {
  const unitOf = unitOfBucket(bucket);
  const totals = new Map<string, ChartPoint>();
  for (const { bucketMs: partMs, group, value, count } of points) {
    const bucketMs = unitOf(toHour(partMs)).first * hourMs;
    const name = JSON.stringify([bucketMs, group]);
    const total = totals.get(name) ?? { bucketMs, group, value: null, count: 0 };
    totals.set(name, {
      bucketMs,
      group,
      value: addNumbers(total.value, value, add),
      count: total.count + count,
    });
  }
  return [...totals.values()].toSorted(
    (a, b) => a.bucketMs - b.bucketMs || compareGroups(a.group, b.group),
  );
}

function addNumbers(a: number | null, b: number | null, add: Addition): number | null {
  if (a === null || b === null) return a ?? b;
  return add(a, b);
}

/** As the engine orders them: by bytes, none last. */
function compareGroups(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
