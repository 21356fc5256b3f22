import type { ChartQuery } from '../../../domain/event-query.ts';
import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { ChartPoint } from '../../../domain/event-store.ts';
import { addPoints, additions } from '../hours/chart-sums.ts';
import type { EventEngine } from '../engine/engine.ts';
import { keyOf } from '../hours/event-positions.ts';
import { toHour } from '../rows/event-row.ts';
import { groupByHour } from '../hours/hour-cache.ts';
import type { HourCache } from '../hours/hour-cache.ts';
import { hourUnit, missingRanges, splitRange, unitOfBucket } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import { readPoints } from './points.ts';
import type { PointGroups } from './points.ts';

/** More points than any screen shows; beyond it the bucket is too narrow, or the grouping too fine. */
const maxPoints = 50_000;

class TooManyPoints extends QueryTooExpensive {}

export interface ChartSources {
  readonly engine: EventEngine;
  readonly points: HourCache<readonly ChartPoint[]>;
}

/**
 * Points by time, then group, the one without a group last. Buckets that lie whole in the range, and that nobody wrote
 * to since the last time, are not read again.
 */
export async function readChart(
  sources: ChartSources,
  query: ChartQuery,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { inner, edges } = splitRange(query, unitOfBucket(query.bucket));
  const [whole, parts] = await Promise.all([
    inner === null ? [] : readWhole(sources, { query, ranges: [inner] }, signal),
    edges.length === 0 ? [] : readEdges(sources, { query, ranges: edges }, signal),
  ]);
  // The buckets at the ends have no points in between.
  return withinLimit([...whole, ...parts].toSorted((a, b) => a.bucketMs - b.bucketMs));
}

/** What is asked of some hours. */
interface ChartPart {
  readonly query: ChartQuery;
  readonly ranges: readonly HourRange[];
}

/** Points of whole buckets. */
async function readWhole(
  { engine, points }: ChartSources,
  { query, ranges }: ChartPart,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { fromMs: _from, toMs: _to, ...unbounded } = query;
  const unitOf = unitOfBucket(query.bucket);
  const found = await points.read({
    key: keyOfChart(query),
    projectIds: query.projectIds,
    hours: ranges,
    unitOf,
    load: async (missing) => {
      const loaded = await loadPoints(engine, { query: unbounded, ranges: missing }, signal);
      return groupByHour(loaded, ({ bucketMs }) => unitOf(toHour(bucketMs)).first);
    },
  });
  return found.flatMap(({ value }) => value);
}

/**
 * Points of partial buckets. Additive aggregations are summed from cached whole hours, so that only a part of an hour
 * is read for each of these buckets.
 */
async function readEdges(
  sources: ChartSources,
  part: ChartPart,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { query, ranges } = part;
  const add = additions[query.aggregation];
  const { edges } = splitRange(query, hourUnit);
  const hours = ranges.flatMap((range) => missingRanges(range, edges));
  if (add === undefined || hours.length === 0) return loadPoints(sources.engine, part, signal);
  const hourly: ChartQuery = { ...query, bucket: 'hour' };
  try {
    const [whole, parts] = await Promise.all([
      readWhole(sources, { query: hourly, ranges: hours }, signal),
      edges.length === 0
        ? []
        : loadPoints(sources.engine, { query: hourly, ranges: edges }, signal),
    ]);
    return addPoints([...whole, ...parts], { bucket: query.bucket, add });
  } catch (error) {
    if (error instanceof TooManyPoints) return loadPoints(sources.engine, part, signal);
    throw error;
  }
}

const keyOfChart = (query: ChartQuery): string => {
  const { metric, groupBy = null, bucket, aggregation } = query;
  return JSON.stringify([keyOf(query), metric, groupBy, bucket, aggregation]);
};

async function loadPoints(
  engine: EventEngine,
  { query, ranges }: ChartPart,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { groupBy, bucket, metric, aggregation } = query;
  const groups: PointGroups = groupBy ? { by: 'value', path: groupBy } : { by: 'none' };
  const rows = { events: query, hours: ranges };
  const points = await readPoints(
    engine,
    { rows, buckets: bucket, groups, metric, aggregation, limit: maxPoints + 1 },
    signal,
  );
  return withinLimit(
    points.map(({ bucketMs, group, value, count }) => ({
      bucketMs,
      group: group === 'others' ? null : group.value,
      value,
      count,
    })),
  );
}

function withinLimit(points: ChartPoint[]): ChartPoint[] {
  if (points.length <= maxPoints) return points;
  throw new TooManyPoints(
    `The chart has more than ${maxPoints} points. Choose a wider bucket, a narrower time range or another grouping.`,
  );
}
