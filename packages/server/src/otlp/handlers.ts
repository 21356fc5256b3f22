import type { Issue } from 'honeyhive-wire';
import { invalid } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { readRequest } from './read-request.ts';
import { countPoints } from './count-points.ts';
import type { RawItem } from './read-request.ts';
import { describeRejected } from './rejected.ts';
import { logSignal, metricSignal, traceSignal } from './signal.ts';
import { readSpan } from './span.ts';
import { storeLogs } from './store-logs.ts';
import type { LogServices } from './store-logs.ts';
import { storeSpans } from './store-spans.ts';
import type { GoodSpan, SpanServices } from './store-spans.ts';
import type { Handler } from '../calls/handler.ts';

export const exportTraces: Handler<'exportTraces', SpanServices> = async (call, services) => {
  const raw = await readRequest(call.body, traceSignal, services.maxBatchEvents);
  if (raw.length === 0) return {};
  const issues: Issue[] = [];
  const spans = await readSpans(raw, issues);
  if (spans.length === 0) throw invalid(issues);
  const outcome = await storeSpans(call, services, spans);
  issues.push(...outcome.issues);
  if (issues.length > 0) {
    const rejectedSpans = String(issues.length);
    const errorMessage = describeRejected(issues, `${raw.length} spans`);
    return { partialSuccess: { rejectedSpans, errorMessage } };
  }
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
