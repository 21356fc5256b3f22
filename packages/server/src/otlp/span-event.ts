import { limits } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { Attributes, fromJson, toNumber } from './attributes.ts';
import { readConversation, readPayload } from './conversation.ts';
import { readEventType } from './event-type.ts';
import { emptyBuckets, fieldRows, readFields, usageRows } from './fields.ts';
import type { Buckets } from './fields.ts';
import { readError } from './span-error.ts';
import { eventOfSpan, toId } from './span-ids.ts';
import type { Span, SpanEvent } from './span.ts';
import { defineAll, mergeDeep, unflatten } from './unflatten.ts';

/** An event as clients send it. */
interface SpanEventInput extends JsonObject {
  readonly session_id: string;
  readonly event_name: string;
  readonly project?: string;
}

/** A span as an event to be stored, and what it says of its session. */
export interface MappedSpan {
  readonly event: SpanEventInput;
  /** Name that the session is to have; null when the span gives it none. */
  readonly sessionName: string | null;
}

/**
 * The event that a span is. Pure: the same span gives the same event.
 *
 * What several conventions call differently is found by tables, the first name that is there; everything that no
 * table knows is in the metadata, so that nothing that was sent is lost. Source: docs/contract.md, "OpenTelemetry".
 */
export function toEvent(span: Span, sessionId: string): MappedSpan {
  const attributes = new Attributes(withoutSession(span.attributes));
  const buckets = emptyBuckets();
  const eventType = readEventType(attributes);
  const { eventId, parentId } = takeIds(attributes, span);
  const places = takePlaces(attributes, span);
  const name = attributes.takeText('honeyhive_event_name', 'honeyhive.event_name') ?? span.name;
  const sessionName = takeSessionName(attributes);
  const given = takeOwnBuckets(attributes);
  const error = readError(attributes, span);
  readFields(fieldRows, attributes, buckets);
  if (eventType !== 'chain') readFields(usageRows, attributes, buckets);
  readConfig(attributes, buckets);
  const events = readConversation(attributes, span.events, buckets);
  readPayload(attributes, buckets);
  const rest = attributes.takeRest();
  const metadata = { ...putAside(rest), ...buckets.metadata, ...lineageOf(span, events) };
  return {
    sessionName,
    event: {
      event_id: eventId,
      session_id: sessionId,
      parent_id: parentId ?? sessionId,
      event_type: eventType,
      event_name: name.slice(0, limits.nameChars),
      ...places,
      ...(error === null ? {} : { error }),
      ...timesOf(span),
      ...withGiven({ ...buckets, metadata }, given),
    },
  };
}

/** What the session of a span is was read before, with the others of its trace. */
function withoutSession(attributes: JsonObject): JsonObject {
  const { 'honeyhive.session_id': _id, honeyhive_session_id: _old, ...rest } = attributes;
  return rest;
}

const association = 'traceloop.association.properties.';
const environmentKeys = ['deployment.environment.name', 'deployment.environment'];

function takeIds(attributes: Attributes, { traceId, spanId, parentSpanId }: Span) {
  const own = attributes.takeText('honeyhive_event_id');
  const parent = takePlace(attributes, ['honeyhive.parent_id'], 'parent_id');
  const ofParent = parentSpanId === null ? undefined : eventOfSpan(traceId, parentSpanId);
  return {
    eventId: own === undefined ? eventOfSpan(traceId, spanId) : toId('event', own),
    parentId: ofParent ?? (parent && toId('event', parent)),
  };
}

/** What a span says of itself, else, for projects and sources, its resource. */
function takePlaces(attributes: Attributes, { resource }: Span) {
  const project =
    takePlace(attributes, ['honeyhive.project', 'honeyhive_project'], 'project') ??
    textOf(resource['honeyhive.project']);
  const source =
    takePlace(attributes, ['honeyhive.source', 'honeyhive_source'], 'source') ??
    ['honeyhive.source', ...environmentKeys].map((key) => textOf(resource[key])).find(Boolean) ??
    environmentKeys.map((key) => textOf(attributes.peek(key))).find(Boolean);
  return {
    ...(project === undefined ? {} : { project }),
    ...(source === undefined ? {} : { source: source.slice(0, limits.sourceChars) }),
  };
}

/** Properties of the association stay in the metadata, too. Source: docs/contract.md, "OpenTelemetry". */
const takePlace = (
  attributes: Attributes,
  keys: readonly string[],
  property: string,
): string | undefined =>
  attributes.takeText(...keys) ?? textOf(attributes.peek(association + property));

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** HoneyHive's SDKs name the session that is to be made for them. */
function takeSessionName(attributes: Attributes): string | null {
  const isWanted = attributes.takeValue('honeyhive.session_auto_create');
  const name = attributes.takeText('honeyhive.session_name', 'honeyhive_session_name');
  if (name !== undefined) return name.slice(0, limits.nameChars);
  return isWanted === true || isWanted === 'true' ? 'unknown' : null;
}

const bucketNames = Object.keys(emptyBuckets()) as readonly (keyof Buckets)[];

/** `honeyhive_inputs.question` and its like: what the caller has put into the buckets itself. */
function takeOwnBuckets(attributes: Attributes): ReadonlyMap<keyof Buckets, JsonObject> {
  const given = new Map<keyof Buckets, JsonObject>();
  for (const name of bucketNames) {
    const whole = fromJson(attributes.takeValue(`honeyhive_${name}`));
    const parts = attributes.takeUnder(`honeyhive_${name}.`) ?? {};
    const opened = isJsonObject(whole) ? whole : whole === undefined ? {} : { value: whole };
    given.set(name, mergeDeep(opened, parts));
  }
  return given;
}

/** What was put there on purpose wins over what was found. */
function withGiven(
  buckets: Readonly<Record<keyof Buckets, JsonObject>>,
  given: ReadonlyMap<keyof Buckets, JsonObject>,
): JsonObject {
  return Object.fromEntries(
    bucketNames.map((name) => [name, mergeDeep(buckets[name], given.get(name) ?? {})]),
  );
}

/** Hyperparameters. */
function readConfig(attributes: Attributes, { config }: Buckets): void {
  const parameters = attributes.takeFirst(['llm.invocation_parameters'], (value) => {
    const parsed = fromJson(value);
    return isJsonObject(parsed) ? parsed : undefined;
  });
  const found = {
    ...parameters,
    ...attributes.takeUnder('ai.settings.'),
    ...attributes.takeUnder('gen_ai.request.'),
  };
  defineAll(config, { ...found, ...config });
}

/** Names in the metadata that say where an event comes from. Attributes of the same names stand under `attributes`. */
const lineageNames = new Set(
  'trace_id span_id parent_span_id has_otlp_lineage kind scope resource events links span_name trace_state attributes'.split(
    ' ',
  ),
);

function putAside(rest: JsonObject): JsonObject {
  const entries = Object.entries(rest);
  const aside = entries.filter(([name]) => lineageNames.has(name));
  if (aside.length === 0) return rest;
  return {
    ...Object.fromEntries(entries.filter(([name]) => !lineageNames.has(name))),
    attributes: Object.fromEntries(aside),
  };
}

function lineageOf(span: Span, events: readonly SpanEvent[]): JsonObject {
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    ...(span.parentSpanId === null ? {} : { parent_span_id: span.parentSpanId }),
    has_otlp_lineage: true,
    ...(span.kind === null ? {} : { kind: span.kind }),
    ...(span.name.length > limits.nameChars ? { span_name: span.name } : {}),
    ...(isEmpty(span.scope) ? {} : { scope: unflatten(Object.entries(span.scope)) }),
    ...(isEmpty(span.resource) ? {} : { resource: unflatten(Object.entries(span.resource)) }),
    ...(events.length === 0 ? {} : { events: events.map(toMoment) }),
    ...(span.links.length === 0 ? {} : { links: span.links }),
    ...span.extra,
  };
}

const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0;

const toMoment = ({ name, time, attributes }: SpanEvent): JsonObject => ({
  name,
  ...(time === null ? {} : { time }),
  ...(isEmpty(attributes) ? {} : { attributes: unflatten(Object.entries(attributes)) }),
});

function timesOf({ startTime, endTime }: Span): JsonObject {
  const start = startTime ?? endTime;
  if (start === null) return {};
  const end = Math.max(start, toNumber(endTime) ?? start);
  return { start_time: start, end_time: end, duration: end - start };
}
