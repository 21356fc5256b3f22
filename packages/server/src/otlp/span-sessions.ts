import type { Access } from '../calls/access.ts';
import { readSessionName } from '../domain/made-root.ts';
import type { EventHead } from '../domain/stored-event.ts';
import { readMark } from '../domain/trace-mark.ts';
import { isBefore, rankSpan } from '../domain/trace-span.ts';
import type { SpanRank, Trace, TraceSpan } from '../domain/trace-span.ts';
import { findMarks } from '../ingest/read-marks.ts';
import type { MarkSources } from '../ingest/read-marks.ts';
import { markOfTrace, readSession, sessionOfTrace } from './span-ids.ts';
import type { Span } from './span.ts';

/** A span and the session that it is in, as far as can be said before it is its turn to be stored. */
export interface PlacedSpan {
  readonly span: Span;
  readonly ofTrace: TraceSpan;
  readonly sessionId: string;
}

/** What is known of the session of a trace. */
interface Known {
  readonly trace: Trace;
  named: { readonly sessionId: string; readonly rank: SpanRank } | null;
}

/** A project is found, and a session is sampled, by the session of the trace: by what is stored of it, too. */
export async function placeSpans(
  access: Access,
  sources: MarkSources,
  spans: readonly Span[],
): Promise<PlacedSpan[]> {
  const traces = await readTraces(access, sources, spans);
  const read = spans.flatMap((span) => {
    const known = traces.get(span.traceId);
    return known === undefined ? [] : [{ span, known, ofTrace: readOfTrace(span, known.trace) }];
  });
  for (const { span, known, ofTrace } of read) noteSession(known, span, ofTrace);
  return read.map(({ span, known, ofTrace }) => ({
    span,
    ofTrace,
    sessionId:
      (ofTrace.isAddressed ? ofTrace.sessionId : known.named?.sessionId) ?? known.trace.ownSession,
  }));
}

function readOfTrace(span: Span, trace: Trace): TraceSpan {
  const named = readSession(span);
  return {
    trace,
    spanId: span.spanId,
    isFirst: span.parentSpanId === null,
    sessionName: readSessionName(span.attributes),
    sessionId: named?.id ?? null,
    isAddressed: named?.isStarted === true,
  };
}

function noteSession(known: Known, { startTime, endTime }: Span, ofTrace: TraceSpan): void {
  const { sessionId } = ofTrace;
  if (sessionId === null) return;
  const start = startTime ?? endTime ?? 0;
  const rank = rankSpan(ofTrace, { startTime: start, endTime: endTime ?? start });
  if (known.named === null || isBefore(rank, known.named.rank)) known.named = { sessionId, rank };
}

async function readTraces(
  access: Access,
  sources: MarkSources,
  spans: readonly Span[],
): Promise<Map<string, Known>> {
  const traces = new Map<string, Known>();
  const byMark = new Map<string, Known>();
  for (const { traceId: id } of spans) {
    if (traces.has(id)) continue;
    const mark = markOfTrace(id);
    const known = { trace: { id, ownSession: sessionOfTrace(id), mark }, named: null };
    traces.set(id, known);
    byMark.set(mark, known);
  }
  const scope = await access.forLookup(null);
  const projectIds = scope.kind === 'project' ? [scope.projectId] : scope.projectIds;
  for (const head of await findMarks(sources, projectIds, [...byMark.keys()])) {
    const known = byMark.get(head.eventId);
    // What keys of a project wrote leads no key of the organisation there.
    const mayLead = head.isByOrganisation || !access.isOrganisation;
    if (known?.named === null && mayLead) known.named = sessionOf(head);
  }
  return traces;
}

/** The session that the mark of a trace says. */
function sessionOf({ sessionId, origin }: EventHead): Known['named'] {
  const stored = readMark(origin);
  return stored && { sessionId, rank: stored.rank };
}
