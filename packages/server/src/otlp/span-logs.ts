import { derivedId } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import type { SpanLog } from '../domain/span-log.ts';
import type { LogRecord } from './log-record.ts';
import type { Span } from './span.ts';
import { toEvent } from './span-event.ts';
import { eventOfSpan } from './span-ids.ts';

/** A log record of a model call, and the event of its span. */
export interface RecordOfSpan {
  readonly eventId: string;
  readonly log: SpanLog;
}

const details = 'gen_ai.client.inference.operation.details';
const evaluation = 'gen_ai.evaluation.result';
const message = /^gen_ai\.(choice|\w+\.message|content\.(prompt|completion))$/;

/** Whether records of the name are about the span that they were logged in. */
export const isSpanLog = (name: string): boolean => name.startsWith('gen_ai.');

/**
 * A record as what the event of its span is to have: read as if it were an event of the span, or, with the details of
 * an operation, as attributes of the span. Null outside of a span.
 */
export function toSpanLog(record: LogRecord): RecordOfSpan | null {
  const { traceId, spanId, name, time, attributes, body } = record;
  if (traceId === null || spanId === null) return null;
  const id = derivedId(JSON.stringify([traceId, spanId, name, time, attributes, body]));
  const { buckets, rest } = readBuckets(record, { traceId, spanId });
  return {
    eventId: eventOfSpan(traceId, spanId),
    log: { id, name, time, attributes: rest, buckets, isWhole: name === details },
  };
}

type Buckets = SpanLog['buckets'];

/** What the event is to have, and what stays with the name of the record. */
interface Read {
  readonly buckets: Buckets;
  readonly rest: JsonObject;
}

type Ids = Pick<Span, 'traceId' | 'spanId'>;

function readBuckets(record: LogRecord, ids: Ids): Read {
  const { name, time, attributes, body } = record;
  if (message.test(name)) return readMessage(record, ids);
  const all = isJsonObject(body) ? { ...attributes, ...body } : attributes;
  const text = isJsonObject(body) || body === null ? {} : { body };
  if (name === details)
    return { buckets: map({ ...ids, attributes: withoutName(all), events: [] }), rest: text };
  const rest = { ...withoutName(all), ...text };
  if (name !== evaluation) return { buckets: {}, rest };
  const events = [{ name, time, attributes: all }];
  const { metrics } = map({ ...ids, attributes: {}, events });
  return { buckets: metrics ? { metrics } : {}, rest };
}

/** Of a message the body has the fields, and the attributes are about the call. */
function readMessage({ name, time, attributes, body }: LogRecord, ids: Ids): Read {
  const isInBody = isJsonObject(body);
  const said = isInBody ? body : { ...withoutName(attributes), ...asContent(body) };
  const beside = isInBody ? withoutName(attributes) : {};
  const events = [{ name, time, attributes: said }];
  const buckets = map({ ...ids, attributes: { ...beside, ...isChat }, events });
  const isUsed = buckets.inputs !== undefined || buckets.outputs !== undefined;
  return { buckets, rest: isUsed ? {} : said };
}

const operation = 'gen_ai.operation.name';
const isChat = { [operation]: 'chat' };

const asContent = (body: unknown): JsonObject =>
  typeof body === 'string' ? { content: body } : {};

/** The name and the time are those of the record. */
function withoutName(attributes: JsonObject): JsonObject {
  const { 'event.name': _name, 'event.timestamp': _time, ...rest } = attributes;
  return rest;
}

/** What only the span itself says. */
const lineage = new Set(['trace_id', 'span_id', 'has_otlp_lineage', 'span_name', 'events']);

function map(parts: Pick<Span, 'traceId' | 'spanId' | 'attributes' | 'events'>): Buckets {
  const span: Span = {
    ...parts,
    parentSpanId: null,
    name: '',
    kind: null,
    startTime: null,
    endTime: null,
    resource: {},
    scope: {},
    links: [],
    isFailed: false,
    statusMessage: '',
    extra: {},
  };
  const { config, inputs, outputs, metrics, metadata } = toEvent(span, '');
  const facts = Object.entries(isJsonObject(metadata) ? metadata : {}).filter(
    ([key, value]) => !lineage.has(key) && !(key === operation && value === 'chat'),
  );
  return only({ config, inputs, outputs, metrics, metadata: Object.fromEntries(facts) });
}

const only = (buckets: Readonly<Record<string, unknown>>): Record<string, JsonObject> =>
  Object.fromEntries(
    Object.entries(buckets).flatMap(([name, value]) =>
      isJsonObject(value) && Object.keys(value).length > 0 ? [[name, value]] : [],
    ),
  );
