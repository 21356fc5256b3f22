import {
  anyValue,
  attributes,
  bits,
  droppedAttributes,
  hex,
  message,
  nanoseconds,
  table,
  text,
  word,
} from './shared-messages.ts';

/** The messages of a log export. Source: opentelemetry-proto, `logs/v1/logs.proto`. */

export const logRecord = table(() => ({
  1: nanoseconds('timeUnixNano'),
  2: word('severityNumber'),
  3: text('severityText'),
  5: message('body', anyValue),
  6: attributes,
  7: droppedAttributes,
  8: bits('flags'),
  9: hex('traceId'),
  10: hex('spanId'),
  11: nanoseconds('observedTimeUnixNano'),
  12: text('eventName'),
}));
