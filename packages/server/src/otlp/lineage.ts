import type { JsonObject } from '../domain/json-text.ts';
import { mergeFree } from './merge-free.ts';
import type { Span, SpanEvent } from './span.ts';

/** Names in the metadata that only {@link lineageOf} and {@link toMetadata} use. */
const reservedNames = new Set(
  [
    ['trace_id', 'span_id', 'parent_span_id', 'has_otlp_lineage', 'kind', 'scope', 'resource'],
    [
      'events',
      'links',
      'span_name',
      'status_message',
      'trace_state',
      'attributes',
      'span',
      'flags',
    ],
  ].flat(),
);

/** Where an event comes from, and what its span says of itself besides attributes. */
export function lineageOf(
  span: Span,
  { events, name, error }: { events: readonly SpanEvent[]; name: string; error: string | null },
): JsonObject {
  const { statusMessage } = span;
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    ...(span.parentSpanId === null ? {} : { parent_span_id: span.parentSpanId }),
    has_otlp_lineage: true,
    ...(span.kind === null ? {} : { kind: span.kind }),
    ...(span.name === name ? {} : { span_name: span.name }),
    ...(statusMessage === '' || statusMessage === error ? {} : { status_message: statusMessage }),
    ...(isEmpty(span.scope) ? {} : { scope: span.scope }),
    ...(isEmpty(span.resource) ? {} : { resource: span.resource }),
    ...(events.length === 0 ? {} : { events: events.map(toMoment) }),
    ...(span.links.length === 0 ? {} : { links: span.links }),
    ...span.extra,
  };
}

const isEmpty = (object: JsonObject): boolean => {
  for (const key in object) if (Object.hasOwn(object, key)) return false;
  return true;
};

const toMoment = ({ name, time, attributes, extra }: SpanEvent): JsonObject => ({
  name,
  ...(time === null ? {} : { time }),
  ...(isEmpty(attributes) ? {} : { attributes }),
  ...extra,
});

/**
 * The metadata: the fields, the lineage, and the rest of the attributes under their own names. Attributes whose name
 * is taken are under `attributes`, lineage whose name is taken by a field of the caller is under `span`.
 */
export function toMetadata(
  fields: Record<string, unknown>,
  rest: JsonObject,
  lineage: JsonObject,
): JsonObject {
  const refused = mergeFree(fields, lineage);
  const free: [string, unknown][] = [];
  const aside: [string, unknown][] = [];
  for (const entry of Object.entries(rest)) {
    const isTaken = reservedNames.has(entry[0]) || Object.hasOwn(fields, entry[0]);
    (isTaken ? aside : free).push(entry);
  }
  const metadata = { ...Object.fromEntries(free), ...fields };
  if (aside.length > 0) put(metadata, 'attributes', Object.fromEntries(aside));
  if (refused !== null) put(metadata, 'span', refused);
  return metadata;
}

/** Under the name, or under the next one that is free. */
function put(metadata: Record<string, unknown>, name: string, value: JsonObject): void {
  let free = name;
  while (Object.hasOwn(metadata, free)) free += '_';
  metadata[free] = value;
}
