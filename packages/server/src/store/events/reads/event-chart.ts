import type { ChartQuery } from '../../../domain/event-query.ts';
import { QueryTooExpensive } from '../../../domain/event-store.ts';
import type { ChartPoint } from '../../../domain/event-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readCells } from '../hours/event-cells.ts';
import type { Cell, CellSources } from '../hours/event-cells.ts';
import { cellsBy, compareGroups, mergeCells } from '../hours/merge-cells.ts';
import { toHour } from '../rows/event-row.ts';
import { toHours, unitOfBucket } from '../sql/hour-range.ts';
import { readPoints } from './points.ts';
import type { PointGroups } from './points.ts';

/** More points than any screen shows; beyond it the bucket is too narrow, or the grouping too fine. */
const maxPoints = 50_000;

const hourMs = 3_600_000;
const minuteMs = 60_000;
const minutes = Array.from({ length: 60 }, (_, minute) => minute * minuteMs);

/**
 * Points by time, then group, the one without a group last. Made of cached parts of hours where the grouping is not too
 * fine for that.
 */
export async function readChart(
  sources: CellSources,
  query: ChartQuery,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { groupBy, bucket, metric, aggregation } = query;
  const numbers = [{ metric, aggregation }];
  const cells = await readCells(
    sources,
    {
      events: query,
      cuts: bucket === 'minute' ? minutes : [0],
      groups: groupBy ? { by: 'value', path: groupBy } : { by: 'none' },
      numbers,
    },
    signal,
  );
  if (cells === null) return loadPoints(sources.engine, query, signal);
  const points = [...cellsBy(cells, startOf(bucket))].flatMap(([bucketMs, ofBucket]) =>
    [...cellsBy(ofBucket, ({ group }) => group)].map(([group, members]): ChartPoint => {
      const {
        count,
        numbers: [number],
      } = mergeCells(members, numbers);
      return { bucketMs, group, value: number?.value ?? null, count };
    }),
  );
  return withinLimit(
    points.toSorted((a, b) => a.bucketMs - b.bucketMs || compareGroups(a.group, b.group)),
  );
}

/** Start of the bucket that a cell lies in. */
function startOf(bucket: ChartQuery['bucket']): (cell: Cell) => number {
  if (bucket === 'minute' || bucket === 'hour') return ({ startMs }) => startMs;
  const unitOf = unitOfBucket(bucket);
  return ({ startMs }) => unitOf(toHour(startMs)).first * hourMs;
}

async function loadPoints(
  engine: EventEngine,
  query: ChartQuery,
  signal?: AbortSignal,
): Promise<ChartPoint[]> {
  const { groupBy, bucket, metric, aggregation } = query;
  const groups: PointGroups = groupBy ? { by: 'value', path: groupBy } : { by: 'none' };
  const rows = { events: query, hours: [toHours(query)] };
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
  throw new QueryTooExpensive(
    `The chart has more than ${maxPoints} points. Choose a wider bucket, a narrower time range or another grouping.`,
  );
}
