import { isTimeZone } from 'honeyhive-facts';
import { limits, scaledMeasures } from 'honeyhive-wire';
import type {
  ExploreChart,
  ExploreChartQuery,
  HistogramQuery,
  Immutable,
  Issue,
} from 'honeyhive-wire';
import type { ChartSeries, SeriesQuery } from '../domain/explore-chart.ts';
import { invalid } from '../domain/problem.ts';
import { planBuckets } from '../domain/time-buckets.ts';
import type { TimeBuckets } from '../domain/time-buckets.ts';
import type { Handler, Question } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { parseSelection, readPath } from './selection-input.ts';

const defaultBuckets = 100;
const defaultTop = 8;

export const exploreHistogram: Handler<'exploreHistogram', ExploreServices> = async (
  call,
  services,
) => {
  const { body } = call;
  const time = planTime(body, services.clock.now());
  const rows = await parseSelection({ ...body, to: time.to }, call.access, services);
  const found = await services.events.explore.readHistogram(
    { rows, starts: time.buckets.starts },
    call.signal,
  );
  const byStart = new Map(found.map((point) => [point.start, point]));
  return {
    ...toWireEdges(time),
    buckets: time.buckets.starts.map((start) => {
      const { ok, error } = byStart.get(start) ?? { ok: 0, error: 0 };
      return { start, ok, error };
    }),
  };
};

export async function exploreChart(
  { body, access, signal }: Question<'exploreChart'>,
  services: ExploreServices,
): Promise<Immutable<ExploreChart>> {
  const time = planTime(body, services.clock.now());
  const shape = parseShape(body);
  const rows = await parseSelection({ ...body, to: time.to }, access, services);
  const { starts } = time.buckets;
  const { series, groupCount } = await services.events.explore.readSeries(
    { ...shape, rows, starts },
    signal,
  );
  const toWire = (one: ChartSeries) => ({
    group: one.group === 'others' ? null : one.group.value,
    values: starts.map((start) => one.points.get(start) ?? (isCount(shape) ? 0 : null)),
    total: one.total,
    count: one.count,
  });
  const others = series.find(({ group }) => group === 'others');
  return {
    ...toWireEdges(time),
    starts,
    estimated: shape.isEstimated,
    series: series.filter((one) => one !== others).map(toWire),
    groups_total: groupCount,
    others: others ? toWire(others) : null,
  };
}

/** Where nothing is, a count is 0, and anything else unknown. */
const isCount = ({ aggregation, metric }: Pick<SeriesQuery, 'aggregation' | 'metric'>): boolean =>
  aggregation === 'count' || (aggregation === 'sum' && metric.join('.') === 'error');

function parseShape(
  body: ExploreChartQuery,
): Required<Pick<SeriesQuery, 'metric' | 'aggregation' | 'groupBy' | 'top' | 'isEstimated'>> {
  const issues: Issue[] = [];
  const metric = readPath(body.metric ?? 'duration', issues, ['metric']);
  const groupBy =
    body.group_by === undefined ? null : readPath(body.group_by, issues, ['group_by']);
  if (issues.length > 0) throw invalid(issues);
  const { aggregation, top = defaultTop, estimated = false } = body;
  const isEstimated = estimated && scaledMeasures.some((one) => one === aggregation);
  return { metric, groupBy, aggregation, top, isEstimated };
}

interface PlannedTime {
  readonly to: number;
  readonly timezone: string;
  readonly buckets: TimeBuckets;
}

function planTime(
  body: Pick<HistogramQuery, 'from' | 'to' | 'buckets' | 'bucket_ms' | 'timezone'>,
  now: number,
): PlannedTime {
  const { from, to = Math.max(now, from), timezone = 'UTC', bucket_ms: widthMs } = body;
  if (!isTimeZone(timezone))
    throw invalid([{ field: 'timezone', message: 'expected an IANA name such as Europe/Berlin' }]);
  if (to < from) throw invalid([{ field: 'to', message: 'expected an instant after `from`' }]);
  const buckets = planBuckets({
    fromMs: from,
    beforeMs: to,
    timezone,
    most: widthMs === undefined ? (body.buckets ?? defaultBuckets) : limits.chartBuckets,
    ...(widthMs === undefined ? {} : { widthMs }),
  });
  if (buckets) return { to, timezone, buckets };
  throw invalid([{ field: 'from', message: 'the range is too wide: no width has so few buckets' }]);
}

const toWireEdges = ({ timezone, buckets }: PlannedTime) => ({
  bucket_ms: buckets.bucketMs,
  timezone,
  end: buckets.end,
});
