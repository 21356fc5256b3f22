import { WireType } from '@bufbuild/protobuf/wire';
import {
  anyValue,
  attributes,
  bits,
  droppedAttributes,
  hex,
  message,
  nanoseconds,
  resource,
  scope,
  table,
  text,
  word,
} from './shared-messages.ts';
import { field, list, unread } from './message-table.ts';

/** The messages of a log export. Source: opentelemetry-proto, `logs/v1/logs.proto`. */

const logRecord = table(() => ({
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
const scopeLogs = table(() => ({
  1: message('scope', scope),
  2: list(field('logRecords', WireType.LengthDelimited, unread(logRecord))),
  3: text('schemaUrl'),
}));
const resourceLogs = table(() => ({
  1: message('resource', resource),
  2: list(message('scopeLogs', scopeLogs)),
  3: text('schemaUrl'),
}));

/** `ExportLogsServiceRequest`. */
export const exportLogsRequest = table(() => ({ 1: list(message('resourceLogs', resourceLogs)) }));
