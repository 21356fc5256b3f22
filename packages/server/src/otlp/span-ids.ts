import { isSegment, limits } from 'honeyhive-wire';
import { derivedId } from '../domain/ids.ts';
import { isWellFormed } from '../domain/well-formed.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { toText } from './attributes.ts';
import type { Span } from './span.ts';

/**
 * Where a span says which session it belongs to, first of all. Source: docs/contract.md, "OpenTelemetry"; conventions
 * of others.
 */
const sessionKeys = [
  'honeyhive.session_id',
  'honeyhive_session_id',
  'traceloop.association.properties.session_id',
  'session.id',
  'gen_ai.conversation.id',
  'ai.telemetry.metadata.sessionId',
  'ai.settings.context.sessionId',
  'langfuse.session.id',
  'langsmith.metadata.session_id',
  'langsmith.metadata.thread_id',
] as const;

/** Those whose sender starts its session itself. */
const startedKeys: readonly string[] = sessionKeys.slice(0, 3);

/** The session that a span names. */
export interface NamedSession {
  readonly id: string;
  /** Whether its sender has started it, or means to. */
  readonly isStarted: boolean;
}

export function readSession({ attributes, resource }: Span): NamedSession | null {
  for (const key of sessionKeys) {
    const id = textAt(attributes, key) ?? textAt(resource, key);
    if (id !== undefined) return { id: toId('session', id), isStarted: startedKeys.includes(key) };
  }
  return null;
}

const textAt = (place: JsonObject, key: string): string | undefined => toText(place[key]);

/** Spans of a trace that name no session share one. */
export const sessionOfTrace = (traceId: string): string => derivedId(`trace:${traceId}`);

/** The event that says which session a trace is in. */
export const markOfTrace = (traceId: string): string => derivedId(`mark:${traceId}`);

/** The event of a span, the same whenever and however often it is sent. */
export const eventOfSpan = (traceId: string, spanId: string): string =>
  derivedId(`span:${traceId}:${spanId}`);

/** An id as it was sent, or, where that can be none, one that is always the same for it. */
export const toId = (kind: string, sent: string): string =>
  sent.length <= limits.idChars && isWellFormed(sent) && isSegment(sent)
    ? sent
    : derivedId(`${kind}:${sent}`);
