import { limits } from 'honeyhive-wire';
import type { Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { countTexts } from './json-attributes.ts';
import { readAttributes, toList, TooDeep } from './any-value.ts';

/** Something that happened during a span. */
export interface SpanEvent {
  readonly name: string;
  /** Epoch milliseconds; null when it was not said. */
  readonly time: number | null;
  readonly attributes: JsonObject;
  /** What its sender dropped; absent if nothing. */
  readonly extra?: JsonObject;
}

/** A span as it was sent, in plain values. */
export interface Span {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** null for the first of its trace. */
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: SpanKind | null;
  /** Epoch milliseconds; null when it was not said. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly attributes: JsonObject;
  readonly resource: JsonObject;
  readonly scope: JsonObject;
  readonly events: readonly SpanEvent[];
  readonly links: readonly JsonObject[];
  readonly isFailed: boolean;
  readonly statusMessage: string;
  /** What else was sent with it: flags, the state of the trace, counts of what its sender dropped. */
  readonly extra: JsonObject;
}

export const spanKinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const;
export type SpanKind = (typeof spanKinds)[number];

/** What the spans of one group have in common. */
export interface SpanSetting {
  readonly resource: JsonObject;
  readonly scope: JsonObject;
}

/** A span, or what keeps it from being stored. */
export function readSpan(
  raw: unknown,
  at: string,
  setting: SpanSetting,
): { span: Span } | { issue: Issue } {
  if (!isJsonObject(raw)) return { issue: { field: at, message: 'expected a span' } };
  const traceId = readId(raw['traceId'], 16);
  const spanId = readId(raw['spanId'], 8);
  if (traceId === null)
    return {
      issue: { field: `${at}.traceId`, message: 'expected 32 hex digits, not all of them 0' },
    };
  if (spanId === null)
    return {
      issue: { field: `${at}.spanId`, message: 'expected 16 hex digits, not all of them 0' },
    };
  const issue = findExcess(raw, at);
  if (issue !== null) return { issue };
  try {
    return { span: { traceId, spanId, ...setting, ...readParts(raw) } };
  } catch (error) {
    if (error instanceof TooDeep)
      return { issue: { field: `${at}.attributes`, message: error.message } };
    throw error;
  }
}

/** More than one span or log record may have. */
export function findExcess(raw: JsonObject, at: string): Issue | null {
  const field = `${at}.attributes`;
  const count = toList(raw['attributes']).length;
  if (count > limits.spanAttributes)
    return { field, message: `at most ${limits.spanAttributes} attributes; got ${count}` };
  if (countTexts(raw) > limits.eventValues)
    return { field, message: `JSON text with more than ${limits.eventValues} values` };
  return null;
}

function readParts(raw: JsonObject): Omit<Span, 'traceId' | 'spanId' | 'resource' | 'scope'> {
  const status = isJsonObject(raw['status']) ? raw['status'] : {};
  return {
    parentSpanId: readId(raw['parentSpanId'], 8),
    name: textOf(raw['name']),
    kind: readKind(raw['kind']),
    startTime: readTime(raw['startTimeUnixNano']),
    endTime: readTime(raw['endTimeUnixNano']),
    attributes: readAttributes(raw['attributes']),
    events: toList(raw['events']).filter(isJsonObject).map(readEvent),
    links: toList(raw['links']).filter(isJsonObject).map(readLink),
    isFailed: status['code'] === 2 || status['code'] === 'STATUS_CODE_ERROR',
    statusMessage: textOf(status['message']),
    extra: readExtra(raw),
  };
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * An id as hex. JSON has it so; what was made by a general mapping of protobuf to JSON has base64.
 * All zeros stand for none. Source: OTLP specification, "JSON Protobuf Encoding".
 */
export function readId(value: unknown, bytes: number): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const hex =
    value.length === bytes * 2 && /^[\da-f]+$/i.test(value)
      ? value.toLowerCase()
      : Buffer.from(value, 'base64').toString('hex');
  return hex.length === bytes * 2 && /[^0]/.test(hex) ? hex : null;
}

function readKind(value: unknown): SpanKind | null {
  if (typeof value === 'number') return spanKinds[value - 1] ?? null;
  const word = textOf(value).replace('SPAN_KIND_', '').toLowerCase();
  return spanKinds.find((kind) => kind === word) ?? null;
}

/** Nanoseconds since the epoch, in milliseconds: digits, a number, or two halves as JavaScript's protobuf has them. */
export function readTime(value: unknown): number | null {
  if (typeof value === 'string') return readDigits(value);
  const number = isJsonObject(value) ? joinHalves(value) : value;
  if (typeof number !== 'number' || !(number > 0)) return null;
  // Such a number is off by up to 0.13 µs already.
  return Math.min(Math.round(number / 1e3) / 1e3, limits.timeMs);
}

/** As integers: as a number, a whole millisecond may become .9998. */
function readDigits(digits: string): number | null {
  if (!/^\d{1,20}$/.test(digits) || /^0+$/.test(digits)) return null;
  const ms = Number(digits.slice(0, -6)) + Number(digits.slice(-6)) / 1e6;
  return Math.min(ms, limits.timeMs);
}

function joinHalves({ low, high }: JsonObject): number {
  return typeof low === 'number' && typeof high === 'number' ? high * 2 ** 32 + (low >>> 0) : NaN;
}

const readEvent = (raw: JsonObject): SpanEvent => ({
  name: textOf(raw['name']),
  time: readTime(raw['timeUnixNano']),
  attributes: readAttributes(raw['attributes']),
  ...(raw['droppedAttributesCount'] ? { extra: readExtra(raw) } : {}),
});

const readLink = (raw: JsonObject): JsonObject => ({
  trace_id: readId(raw['traceId'], 16) ?? textOf(raw['traceId']),
  span_id: readId(raw['spanId'], 8) ?? textOf(raw['spanId']),
  ...readExtra(raw),
  attributes: readAttributes(raw['attributes']),
});

const numberNames = Object.entries({
  flags: 'flags',
  droppedAttributesCount: 'dropped_attributes_count',
  droppedEventsCount: 'dropped_events_count',
  droppedLinksCount: 'dropped_links_count',
});

/** Numbers that are 0 and texts that are empty say nothing. */
export function readExtra(raw: JsonObject): JsonObject {
  const extra: Record<string, unknown> = {};
  for (const [key, name] of numberNames) {
    const value = raw[key];
    if (typeof value === 'number' && value > 0) extra[name] = value;
  }
  const state = textOf(raw['traceState']);
  if (state !== '') extra['trace_state'] = state;
  return extra;
}
