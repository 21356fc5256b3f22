import type { Issue } from 'honeyhive-wire';
import { invalid } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { readRequest } from './read-request.ts';
import { countPoints } from './count-points.ts';
import type { RawItem } from './read-request.ts';
import { describeRejected } from './rejected.ts';
import { toRoots } from './session-roots.ts';
import { logSignal, metricSignal, traceSignal } from './signal.ts';
import { readSpan } from './span.ts';
import type { Span } from './span.ts';
import { toEvent } from './span-event.ts';
import { placeSpans } from './span-sessions.ts';
import { storeLogs } from './store-logs.ts';
import type { LogServices } from './store-logs.ts';
import { storeBatch } from '../events/batch.ts';
import type { BatchServices } from '../events/batch.ts';
import type { MarkSources } from '../ingest/read-marks.ts';
import type { Call, Handler } from '../calls/handler.ts';

/** A span that can be stored, and where it stood in the request. */
interface GoodSpan {
  readonly span: Span;
  readonly at: string;
}

export type TraceServices = BatchServices & MarkSources;

export const exportTraces: Handler<'exportTraces', TraceServices> = async (call, services) => {
  const raw = await readRequest(call.body, traceSignal, services.maxBatchEvents);
  if (raw.length === 0) return {};
  const issues: Issue[] = [];
  const spans = await readSpans(raw, issues);
  if (spans.length === 0) throw invalid(issues);
  const outcome = await storeSpans(call, services, spans);
  issues.push(...outcome.issues);
  if (issues.length > 0) return { partialSuccess: describe(issues, raw.length) };
  const [warning] = outcome.warnings;
  if (warning === undefined) return {};
  // The specification has warnings sent so.
  const errorMessage = `All spans were stored. ${warning.field}: ${warning.message}`;
  return { partialSuccess: { rejectedSpans: '0', errorMessage } };
};

export const exportLogs: Handler<'exportLogs', LogServices> = async (call, services) => {
  const raw = await readRequest(call.body, logSignal, services.maxBatchEvents);
  const issues = raw.length === 0 ? [] : await storeLogs(call, services, raw);
  if (issues.length === 0) return {};
  const rejectedLogRecords = String(issues.length);
  const errorMessage = describeRejected(issues, `${raw.length} log records`);
  return { partialSuccess: { rejectedLogRecords, errorMessage } };
};

const noMetrics =
  'metrics are not stored; OTEL_METRICS_EXPORTER=none disables their exporter in most SDKs';

/** Exporters that were not configured for anything else send metrics, too, and report any error. */
export const exportMetrics: Handler<'exportMetrics', Pick<LogServices, 'maxBatchEvents'>> = async (
  call,
  { maxBatchEvents },
) => {
  const count = countPoints(await readRequest(call.body, metricSignal, maxBatchEvents));
  if (count === 0) return {};
  return { partialSuccess: { rejectedDataPoints: String(count), errorMessage: noMetrics } };
};

/** The spans that can be stored; what is wrong with the others is added to `issues`, one for each. */
async function readSpans(raw: readonly RawItem[], issues: Issue[]): Promise<GoodSpan[]> {
  const read = await mapInTurns(raw, ({ raw: value, at, issue, resource, scope }) => {
    const result = issue === null ? readSpan(value, at, { resource, scope }) : { issue };
    if ('span' in result) return [{ span: result.span, at }];
    issues.push(result.issue);
    return [];
  });
  return read.flat();
}

/** @returns what is wrong with the spans that were not stored, one for each, and with the times of others */
async function storeSpans(
  call: Call<'exportTraces'>,
  services: TraceServices,
  spans: readonly GoodSpan[],
): Promise<{ issues: Issue[]; warnings: Issue[] }> {
  const places = await placeSpans(
    call.access,
    services,
    spans.map(({ span }) => span),
  );
  const mapped = await mapInTurns(places, (placed) => ({
    placed,
    mapped: toEvent(placed.span, placed.sessionId),
  }));
  const items = [...mapped.map(({ mapped: { event } }) => event), ...toRoots(mapped)];
  // The spans were counted before; the roots of their sessions come from here.
  const unlimited = { ...services, maxBatchEvents: items.length };
  const { errors, warnings = [] } = await storeBatch(call, unlimited, {
    items,
    at: 'spans',
    spans: places.map(({ ofTrace }) => ofTrace),
  });
  const ofSpan = ({ index = -1, message }: { index?: number | undefined; message: string }) => {
    const span = spans[index];
    return span === undefined ? [] : [{ field: span.at, message }];
  };
  return { issues: errors.flatMap(ofSpan), warnings: warnings.flatMap(ofSpan) };
}

function describe(issues: readonly Issue[], count: number) {
  const [first] = issues;
  const rejected = `${issues.length} of ${count} spans were not stored.`;
  return {
    rejectedSpans: String(issues.length),
    errorMessage: first ? `${rejected} ${first.field}: ${first.message}` : rejected,
  };
}
