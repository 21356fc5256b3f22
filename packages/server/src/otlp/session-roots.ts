import type { JsonObject } from '../domain/json-text.ts';
import { readSession, sessionOfTrace } from './span-ids.ts';
import type { MappedSpan } from './span-event.ts';
import type { Span } from './span.ts';

/** Which session each span belongs to. */
export interface SpanSessions {
  of(span: Span): string;
  /** Whether nobody else starts the session of the span. */
  needsRoot(span: Span): boolean;
}

/**
 * The sessions of spans that came together: the one that a span names; else the one that others of its trace name,
 * when they agree; else one for its trace.
 */
export function findSessions(spans: readonly Span[]): SpanSessions {
  const named = new Map(spans.map((span) => [span, readSession(span)]));
  const ofTraces = new Map<string, Set<string>>();
  for (const [{ traceId }, session] of named) {
    if (session !== null)
      ofTraces.set(traceId, (ofTraces.get(traceId) ?? new Set()).add(session.id));
  }
  const shared = (traceId: string): string | undefined => {
    const [only, ...more] = ofTraces.get(traceId) ?? [];
    return more.length === 0 ? only : undefined;
  };
  return {
    of: (span) => named.get(span)?.id ?? shared(span.traceId) ?? sessionOfTrace(span.traceId),
    needsRoot: (span) => named.get(span)?.isStarted !== true,
  };
}

interface Root {
  readonly event: JsonObject;
  /** Whether its sender gave it the name. */
  readonly isNamed: boolean;
}

/**
 * The roots of sessions that nobody else starts: named by a span, or called as the first span of the trace is. The
 * root of a session that is there already stays as it is.
 */
export function toRoots(
  spans: readonly { readonly span: Span; readonly mapped: MappedSpan }[],
  sessions: SpanSessions,
): JsonObject[] {
  const roots = new Map<string, Root>();
  for (const { span, mapped } of spans) {
    const isFirst = span.parentSpanId === null && sessions.needsRoot(span);
    if (mapped.sessionName === null && !isFirst) continue;
    const root = toRoot(mapped);
    const key = `${mapped.event.session_id}\n${mapped.event.project ?? ''}`;
    const known = roots.get(key);
    if (known === undefined || isBetter(root, known)) roots.set(key, root);
  }
  return [...roots.values()].map(({ event }) => event);
}

function toRoot({ event, sessionName }: MappedSpan): Root {
  const { session_id, project, source, start_time, end_time, event_name } = event;
  return {
    isNamed: sessionName !== null,
    event: {
      event_id: session_id,
      session_id,
      event_type: 'session',
      event_name: sessionName ?? event_name,
      ...(project === undefined ? {} : { project }),
      ...(source === undefined ? {} : { source }),
      ...(start_time === undefined ? {} : { start_time, end_time }),
    },
  };
}

/** A name that was given counts more, then what began earlier. */
function isBetter(root: Root, known: Root): boolean {
  if (root.isNamed !== known.isNamed) return root.isNamed;
  return Number(root.event['start_time'] ?? 0) < Number(known.event['start_time'] ?? 0);
}
