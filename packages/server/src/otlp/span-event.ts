import { limits } from 'honeyhive-wire';
import type { JsonObject } from '../domain/json-text.ts';
import { Attributes, toText } from './attributes.ts';
import { readContent } from './conversation.ts';
import { readEventType } from './event-type.ts';
import { lineageOf, toMetadata } from './lineage.ts';
import { readFinishReason, readNamedFields } from './named-fields.ts';
import { takeOwnBuckets } from './own-buckets.ts';
import { readError } from './span-error.ts';
import { eventOfSpan, toId } from './span-ids.ts';
import type { Span } from './span.ts';

/**
 * The event that a span is. Pure: the same span gives the same event.
 *
 * Readers take attributes in turn: first what the caller put into buckets, which wins. Everything that no reader takes
 * or that has no free field is in the metadata, so nothing that was sent is lost. Source: docs/contract.md,
 * "OpenTelemetry".
 */
export function toEvent(span: Span, sessionId: string): JsonObject {
  const attributes = new Attributes(span.attributes);
  takeSession(attributes, sessionId);
  const buckets = takeOwnBuckets(attributes);
  const eventType = readEventType(attributes);
  const { eventId, parentId } = takeIds(attributes, span);
  const places = takePlaces(attributes, span);
  const name = takeName(attributes, span);
  const error = readError(attributes, span);
  readNamedFields(attributes, span, buckets);
  const events = readContent(attributes, { eventType, events: span.events }, buckets);
  readFinishReason(buckets);
  const lineage = lineageOf(span, { events, name, error });
  return {
    event_id: eventId,
    session_id: sessionId,
    parent_id: parentId ?? sessionId,
    event_type: eventType,
    event_name: name,
    ...places,
    ...(error === null ? {} : { error }),
    ...timesOf(span),
    ...buckets,
    metadata: toMetadata(buckets.metadata, attributes.rest(), lineage),
  };
}

/** The span's session was resolved earlier, together with its trace. Another id than that stays. */
function takeSession(attributes: Attributes, sessionId: string): void {
  for (const key of ['honeyhive.session_id', 'honeyhive_session_id'])
    attributes.takeFirst([key], (value) => (value === sessionId ? value : undefined));
}

/** Properties of the association stay in the metadata, too. Source: docs/contract.md, "OpenTelemetry". */
const association = 'traceloop.association.properties.';
const environmentKeys = [
  'deployment.environment.name',
  'deployment.environment',
  'langfuse.environment',
];

function takeIds(attributes: Attributes, { traceId, spanId, parentSpanId }: Span) {
  const ofParent = parentSpanId === null ? undefined : eventOfSpan(traceId, parentSpanId);
  return {
    eventId: takeId(attributes, 'honeyhive_event_id') ?? eventOfSpan(traceId, spanId),
    parentId:
      ofParent ??
      takeId(attributes, 'honeyhive.parent_id') ??
      toEventId(textOf(attributes.peek(`${association}parent_id`))),
  };
}

const toEventId = (sent: string | undefined): string | undefined =>
  sent === undefined ? undefined : toId('event', sent);

/** An id; one that has to be replaced by another stays in the attributes, too. */
function takeId(attributes: Attributes, key: string): string | undefined {
  const sent = toText(attributes.peek(key));
  const id = toEventId(sent);
  if (id === sent) attributes.takeText(key);
  return id;
}

/** What a span says of itself, else, for projects and sources, its resource. */
function takePlaces(attributes: Attributes, { resource }: Span) {
  const project =
    attributes.takeText('honeyhive.project', 'honeyhive_project') ??
    textOf(attributes.peek(`${association}project`)) ??
    textOf(resource['honeyhive.project']);
  const source =
    cut(attributes, ['honeyhive.source', 'honeyhive_source'], limits.sourceChars) ??
    textOf(attributes.peek(`${association}source`)) ??
    ['honeyhive.source', ...environmentKeys].map((key) => textOf(resource[key])).find(Boolean) ??
    environmentKeys.map((key) => textOf(attributes.peek(key))).find(Boolean);
  return {
    ...(project === undefined ? {} : { project }),
    ...(source === undefined ? {} : { source: source.slice(0, limits.sourceChars) }),
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The own name of an event; else of a span whose name is a template, its text (Logfire); else the span's name. */
function takeName(attributes: Attributes, span: Span): string {
  const names = ['honeyhive_event_name', 'honeyhive.event_name', 'logfire.msg'];
  return cut(attributes, names, limits.nameChars) ?? span.name.slice(0, limits.nameChars);
}

/** The first text, at most so long. One that is longer stays in the attributes, too. */
const cut = (attributes: Attributes, keys: readonly string[], most: number): string | undefined =>
  (
    attributes.takeFirst(keys, (value) => {
      const text = toText(value);
      return text !== undefined && text.length <= most ? text : undefined;
    }) ?? attributes.peekFirst(keys, toText)
  )?.slice(0, most);

function timesOf({ startTime, endTime }: Span): JsonObject {
  const start = startTime ?? endTime;
  if (start === null) return {};
  if (endTime === null) return { start_time: start };
  const end = Math.max(start, endTime);
  return { start_time: start, end_time: end, duration: end - start };
}
