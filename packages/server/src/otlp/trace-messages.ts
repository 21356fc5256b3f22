import {
  attributes,
  bits,
  count,
  droppedAttributes,
  hex,
  message,
  nanoseconds,
  table,
  text,
  word,
} from './shared-messages.ts';
import { list } from './message-table.ts';

/** The messages of a trace export. Source: opentelemetry-proto, `trace/v1/trace.proto`. */

const spanEvent = table(() => ({
  1: nanoseconds('timeUnixNano'),
  2: text('name'),
  3: attributes,
  4: droppedAttributes,
}));
const link = table(() => ({
  1: hex('traceId'),
  2: hex('spanId'),
  3: text('traceState'),
  4: attributes,
  5: droppedAttributes,
  6: bits('flags'),
}));
const status = table(() => ({ 2: text('message'), 3: word('code') }));
export const span = table(() => ({
  1: hex('traceId'),
  2: hex('spanId'),
  3: text('traceState'),
  4: hex('parentSpanId'),
  5: text('name'),
  6: word('kind'),
  7: nanoseconds('startTimeUnixNano'),
  8: nanoseconds('endTimeUnixNano'),
  9: attributes,
  10: droppedAttributes,
  11: list(message('events', spanEvent)),
  12: count('droppedEventsCount'),
  13: list(message('links', link)),
  14: count('droppedLinksCount'),
  15: message('status', status),
  16: bits('flags'),
}));
