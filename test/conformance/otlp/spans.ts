import { randomBytes } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

/** A span in the JSON form of OTLP. */
export interface SpanBody extends Json {
  readonly traceId: string;
  readonly spanId: string;
}

/** A value as an `AnyValue` of OTLP in its JSON form. */
export function toAnyValue(value: unknown): Json {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAnyValue) } };
  return { kvlistValue: { values: toAttributes(value as Json) } };
}

export const toAttributes = (attributes: Json) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: toAnyValue(value) }));

/** A span with the given attributes, one second long, the first of a new trace unless `more` says otherwise. */
export const buildSpan = (attributes: Json = {}, more: Json = {}): SpanBody => ({
  traceId: randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
  name: 'answer',
  kind: 1,
  startTimeUnixNano: '1760000000000000000',
  endTimeUnixNano: '1760000001000000000',
  attributes: toAttributes(attributes),
  status: {},
  ...more,
});

/** A log record with the name of an event, outside of a trace unless `more` says otherwise. */
export const buildRecord = (eventName: string, attributes: Json = {}, more: Json = {}): Json => ({
  timeUnixNano: '1760000000500000000',
  eventName,
  attributes: toAttributes(attributes),
  ...more,
});

/** A request that holds the log records. */
export const buildLogs = (logRecords: readonly unknown[], resource: Json = {}) => ({
  resourceLogs: [
    {
      resource: { attributes: toAttributes(resource) },
      scopeLogs: [{ scope: { name: 'tests', version: '1.0' }, logRecords }],
    },
  ],
});

/** A request that holds the spans. */
export const buildExport = (spans: readonly unknown[], resource: Json = {}) => ({
  resourceSpans: [
    {
      resource: { attributes: toAttributes(resource) },
      scopeSpans: [{ scope: { name: 'tests', version: '1.0' }, spans }],
    },
  ],
});
