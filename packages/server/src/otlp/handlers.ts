import type { Issue } from 'honeyhive-wire';
import { Problem, invalid } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { readRequest } from './read-request.ts';
import type { RawSpan } from './read-request.ts';
import { toRoots } from './session-roots.ts';
import { readSpan } from './span.ts';
import type { Span } from './span.ts';
import { toEvent } from './span-event.ts';
import { placeSpans } from './span-sessions.ts';
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
  const raw = await readRequest(call.body);
  requireCount(raw, services.maxBatchEvents);
  if (raw.length === 0) return {};
  const issues: Issue[] = [];
  const spans = await readSpans(raw, issues);
  if (spans.length === 0) throw invalid(issues);
  issues.push(...(await storeSpans(call, services, spans)));
  return issues.length === 0 ? {} : { partialSuccess: describe(issues, raw.length) };
};

function requireCount(raw: readonly RawSpan[], most: number): void {
  if (raw.length <= most) return;
  const message = `at most ${most} spans in one request; got ${raw.length}. Send them in several.`;
  throw new Problem('too_large', `resourceSpans: ${message}`, {
    issues: [{ field: 'resourceSpans', message }],
  });
}

/** The spans that can be stored; what is wrong with the others is added to `issues`, one for each. */
async function readSpans(raw: readonly RawSpan[], issues: Issue[]): Promise<GoodSpan[]> {
  const read = await mapInTurns(raw, ({ raw: value, at, issue, resource, scope }) => {
    const result = issue === null ? readSpan(value, at, { resource, scope }) : { issue };
    if ('span' in result) return [{ span: result.span, at }];
    issues.push(result.issue);
    return [];
  });
  return read.flat();
}

/** @returns what is wrong with the spans that were not stored, one for each */
async function storeSpans(
  call: Call<'exportTraces'>,
  services: TraceServices,
  spans: readonly GoodSpan[],
): Promise<Issue[]> {
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
  const { errors } = await storeBatch(call, unlimited, {
    items,
    at: 'spans',
    spans: places.map(({ ofTrace }) => ofTrace),
  });
  return errors.flatMap(({ index, message }) => {
    const span = spans[index];
    return span === undefined ? [] : [{ field: span.at, message }];
  });
}

function describe(issues: readonly Issue[], count: number) {
  const [first] = issues;
  const rejected = `${issues.length} of ${count} spans were not stored.`;
  return {
    rejectedSpans: String(issues.length),
    errorMessage: first ? `${rejected} ${first.field}: ${first.message}` : rejected,
  };
}
