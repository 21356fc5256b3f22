import { chartBuckets, findIssues, formatPath, limits, operations } from 'honeyhive-wire';
import type { ExportQuery, Issue } from 'honeyhive-wire';
import type { ChartQuery, EventFilter, EventQuery } from '../domain/event-query.ts';
import { parseField, parseFilters } from '../domain/filter-input.ts';
import { parseInstant } from '../domain/instant.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { invalid } from '../domain/problem.ts';
import { project, toWireEvent, toWireSession } from '../domain/wire-event.ts';
import type { Call, Handler, Services } from './handler.ts';
import { isRoot, namesOf } from './sessions.ts';

export const exportEvents: Handler<'exportEvents'> = async (call, services) =>
  readPage(call, services, call.body);

export const searchEvents: Handler<'searchEvents'> = async (call, services) => {
  const { dateRange, ...query } = call.body;
  const range = dateRange ? { $gte: dateRange.start_time, $lte: dateRange.end_time } : null;
  return readPage(call, services, { ...query, dateRange: range });
};

const listKeys = new Set(Object.keys(operations.listEvents.query.shape));

/** The query string as the body of an export; parameters it does not know are equality filters. */
export const listEvents: Handler<'listEvents'> = async (call, services) => {
  const { query } = call;
  const extra = Object.entries(query)
    .filter(([name, value]) => !listKeys.has(name) && typeof value === 'string')
    .map(([field, value]) => ({ field, operator: 'is', value }));
  const filters = readJson(query.filters);
  const body: JsonObject = {
    ...(query.project === undefined ? {} : { project: query.project }),
    filters: [
      ...(Array.isArray(filters) ? filters : filters === undefined ? [] : [filters]),
      ...extra,
    ],
    dateRange: readJson(query.dateRange),
    projections: readProjections(query.projections),
    limit: readNumber(query.limit),
    page: readNumber(query.page),
    offset: readNumber(query.offset),
    evaluation_id: query.evaluation_id,
  };
  const issues = findIssues(operations.exportEvents.body, body);
  if (issues.length > 0) throw invalid(issues);
  return readPage(call, services, body as ExportQuery);
};

async function readPage(
  call: Pick<Call<'exportEvents'>, 'access' | 'signal'>,
  services: Services,
  input: ExportQuery,
): Promise<unknown> {
  const target = await call.access.forList(input.project);
  const query = parseQuery(input, [target.id]);
  const limit = input.limit ?? limits.defaultPage;
  const offset = input.offset ?? ((input.page ?? 1) - 1) * limit;
  const [rows, total] = await Promise.all([
    services.events.listEvents({ ...query, limit, offset }, call.signal),
    services.events.countEvents(query, call.signal),
  ]);
  const names = namesOf(call, services);
  const roots = rows.filter(isRoot).map((row) => row.sessionId);
  const rollups = roots.length > 0 ? await services.events.readRollups([target.id], roots) : [];
  const bySession = new Map(rollups.map((rollup) => [rollup.sessionId, rollup]));
  const events = rows.map((row) => {
    const wire = isRoot(row)
      ? toWireSession(row, bySession.get(row.sessionId) ?? null, names)
      : toWireEvent(row, names);
    return input.projections && input.projections.length > 0
      ? project(wire, input.projections)
      : wire;
  });
  return { events, totalEvents: total, count: total };
}

/** Filters, range and run of a query; all problems are reported at once. */
function parseQuery(
  input: Pick<ExportQuery, 'filters' | 'dateRange' | 'evaluation_id' | 'roots_only'>,
  projectIds: readonly string[],
): EventQuery {
  const { filters, issues } = parseFilters(input.filters, ['filters']);
  const range = isJsonObject(input.dateRange) ? input.dateRange : {};
  const fromMs = readBound(range, '$gte', issues);
  const toMs = readBound(range, '$lte', issues);
  if (issues.length > 0) throw invalid(issues);
  const run: EventFilter[] = input.evaluation_id
    ? [{ path: ['metadata', 'run_id'], operator: 'is', value: input.evaluation_id, type: 'string' }]
    : [];
  return {
    projectIds,
    filters: [...filters, ...run],
    rootsOnly: input.roots_only === true,
    ...(fromMs === null ? {} : { fromMs }),
    ...(toMs === null ? {} : { toMs }),
  };
}

function readBound(range: JsonObject, key: '$gte' | '$lte', issues: Issue[]): number | null {
  const value = range[key];
  if (value === undefined || value === null) return null;
  const instant =
    typeof value === 'string' || typeof value === 'number' ? parseInstant(value) : null;
  if (instant === null) {
    issues.push({
      field: formatPath(['dateRange', key]),
      message: 'expected epoch milliseconds or an ISO-8601 string',
    });
  }
  return instant;
}

const aggregations: Record<string, ChartQuery['aggregation']> = {
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

function readBucket(text: string): ChartQuery['bucket'] | null {
  if (!chartBuckets.some((name) => name === text)) return null;
  if (text === '1M' || text.startsWith('month')) return 'month';
  if (text === '1m' || text.startsWith('minute')) return 'minute';
  if (text === '1h' || text.startsWith('hour')) return 'hour';
  return text === '1w' || text.startsWith('week') ? 'week' : 'day';
}

export const getEventsChart: Handler<'getEventsChart'> = async (call, services) => {
  const { query } = call;
  const target = await call.access.forList(query.project);
  const base = parseQuery({ ...rangeAndFilters(query), evaluation_id: query.evaluation_id }, [
    target.id,
  ]);
  const metric = parseField(query.metric ?? 'duration');
  const groupBy =
    query.groupBy === undefined || query.groupBy === '' ? null : parseField(query.groupBy);
  const bucket = readBucket(query.bucket ?? 'hour');
  const issues: Issue[] = [];
  if ('message' in metric) issues.push({ field: 'metric', message: metric.message });
  if (groupBy && 'message' in groupBy) issues.push({ field: 'groupBy', message: groupBy.message });
  if (!bucket)
    issues.push({ field: 'bucket', message: `expected one of ${chartBuckets.join(', ')}` });
  if ('message' in metric || (groupBy && 'message' in groupBy) || !bucket) throw invalid(issues);
  const onlyRuns: EventFilter[] =
    query.only_experiments === 'true'
      ? [{ path: ['metadata', 'run_id'], operator: 'exists', value: null, type: 'string' }]
      : [];
  const points = await services.events.readChart(
    {
      ...base,
      filters: [...base.filters, ...onlyRuns],
      metric: metric.path,
      ...(groupBy ? { groupBy: groupBy.path } : {}),
      bucket,
      aggregation: aggregations[query.aggregation ?? 'avg'] ?? 'avg',
    },
    call.signal,
  );
  return {
    events: points.map((point) => ({
      bucket: new Date(point.bucketMs).toISOString(),
      timestamp: point.bucketMs,
      ...(groupBy ? { group: point.group } : {}),
      value: point.value,
      count: point.count,
    })),
    totalEvents: points.reduce((sum, point) => sum + point.count, 0),
  };
};

export const getEventsSchema: Handler<'getEventsSchema'> = async (call, services) => {
  const { query } = call;
  const target = await call.access.forList(query.project);
  const base = parseQuery({ ...rangeAndFilters(query), evaluation_id: query.evaluation_id }, [
    target.id,
  ]);
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

const rangeAndFilters = (query: { dateRange?: unknown; filters?: unknown }) => ({
  filters: readJson(query.filters) as ExportQuery['filters'],
  dateRange: readJson(query.dateRange) as ExportQuery['dateRange'],
});

/** A value of the query string: JSON text is parsed, anything else stands for itself. */
function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: the shape check that follows names the field and says what it expected.
    return value;
  }
}

const readNumber = (value: string | undefined): unknown =>
  value === undefined || value === '' ? undefined : /^-?\d+$/.test(value) ? Number(value) : value;

function readProjections(value: unknown): unknown {
  const parsed = readJson(value);
  return typeof parsed === 'string' ? parsed.split(',').map((field) => field.trim()) : parsed;
}
