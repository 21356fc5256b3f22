import { chartBuckets } from 'honeyhive-wire';
import type { Issue } from 'honeyhive-wire';
import type { ChartQuery, EventFilter } from '../domain/event-query.ts';
import type { ChartPoint, EventReads } from '../domain/event-store.ts';
import { parseField } from '../domain/filter-input.ts';
import { invalid } from '../domain/problem.ts';
import { findListPlace } from '../projects/home-project.ts';
import type { PlaceServices } from '../projects/home-project.ts';
import { parseQueryText } from './query-input.ts';
import type { Call, Handler } from '../calls/handler.ts';

export interface ChartServices extends PlaceServices {
  readonly events: Pick<EventReads, 'readChart' | 'readCatalogue' | 'readHeads'>;
}

export const getEventsChart: Handler<'getEventsChart', ChartServices> = async (call, services) => {
  const { query } = call;
  const base = parseQueryText(query);
  const shape = parseShape(query);
  const filters = [...base.filters, ...onlyRuns(query)];
  const projectId = await findListPlace(call.access, services, { named: query.project, filters });
  const points = await services.events.readChart(
    { ...base, ...shape, projectIds: [projectId], filters },
    call.signal,
  );
  return {
    events: points.map((point) => toWirePoint(point, shape.groupBy !== undefined)),
    totalEvents: points.reduce((sum, point) => sum + point.count, 0),
  };
};

/** Fields, the data sets that runs came from, and the fields of each bucket. */
export const getEventsSchema: Handler<'getEventsSchema', ChartServices> = async (
  call,
  services,
) => {
  const query = parseQueryText(call.query);
  const place = { named: call.query.project, filters: query.filters };
  const base = { ...query, projectIds: [await findListPlace(call.access, services, place)] };
  const [found, datasets] = await Promise.all([
    services.events.readCatalogue(base, call.signal),
    services.events.readChart(
      {
        ...base,
        metric: ['duration'],
        groupBy: ['metadata', 'dataset_id'],
        bucket: 'month',
        aggregation: 'count',
      },
      call.signal,
    ),
  ]);
  const mappings: Record<string, { field_name: string; event_type: string }[]> = {};
  for (const { name, eventType } of found) {
    const bucket = name.split('.', 1)[0] ?? name;
    (mappings[bucket] ??= []).push({ field_name: name, event_type: eventType });
  }
  return {
    fields: found.map(({ name, eventType }) => ({ name, event_type: eventType })),
    datasets: [...new Set(datasets.flatMap(({ group }) => group ?? []))],
    mappings,
  };
};

type ChartInput = Call<'getEventsChart'>['query'];

function parseShape(
  query: ChartInput,
): Pick<ChartQuery, 'metric' | 'groupBy' | 'bucket' | 'aggregation'> {
  const issues: Issue[] = [];
  const metric = parsePath('metric', query.metric ?? 'duration', issues);
  const groupBy = query.groupBy ? parsePath('groupBy', query.groupBy, issues) : null;
  const bucket = readBucket(query.bucket ?? 'hour');
  if (!bucket)
    issues.push({ field: 'bucket', message: `expected one of ${chartBuckets.join(', ')}` });
  if (issues.length > 0 || !bucket) throw invalid(issues);
  return {
    metric,
    ...(groupBy ? { groupBy } : {}),
    bucket,
    aggregation: aggregations[query.aggregation ?? 'avg'],
  };
}

function parsePath(field: string, text: string, issues: Issue[]): readonly string[] {
  const parsed = parseField(text);
  if ('path' in parsed) return parsed.path;
  issues.push({ field, message: parsed.message });
  return [];
}

const aggregations: Record<NonNullable<ChartInput['aggregation']>, ChartQuery['aggregation']> = {
  avg: 'avg',
  average: 'avg',
  mean: 'avg',
  median: 'p50',
  p50: 'p50',
  p75: 'p75',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  count: 'count',
  sum: 'sum',
  min: 'min',
  max: 'max',
};

const buckets: Record<(typeof chartBuckets)[number], ChartQuery['bucket']> = {
  minute: 'minute',
  minutes: 'minute',
  '1m': 'minute',
  hour: 'hour',
  hours: 'hour',
  '1h': 'hour',
  day: 'day',
  days: 'day',
  '1d': 'day',
  week: 'week',
  weeks: 'week',
  '1w': 'week',
  month: 'month',
  months: 'month',
  '1M': 'month',
};

const readBucket = (text: string): ChartQuery['bucket'] | null => {
  const name = chartBuckets.find((known) => known === text);
  return name ? buckets[name] : null;
};

const onlyRuns = (query: ChartInput): EventFilter[] =>
  query.only_experiments === 'true'
    ? [{ path: ['metadata', 'run_id'], operator: 'exists', value: null, type: 'string' }]
    : [];

const toWirePoint = (point: ChartPoint, isGrouped: boolean) => ({
  bucket: new Date(point.bucketMs).toISOString(),
  timestamp: point.bucketMs,
  ...(isGrouped ? { group: point.group } : {}),
  value: point.value,
  count: point.count,
});
