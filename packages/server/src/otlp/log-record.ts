import type { Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { parseInstant } from 'honeyhive-facts';
import { readAnyValue, readAttributes, TooDeep } from './any-value.ts';
import { toText } from './attributes.ts';
import { findExcess, readId, readTime, textOf } from './span.ts';
import type { SpanSetting } from './span.ts';

/** A log record as it was sent, in plain values. */
export interface LogRecord extends SpanSetting {
  /** The name of the event; empty without one. */
  readonly name: string;
  /** Epoch milliseconds; null if unknown. */
  readonly time: number | null;
  /** 32 hex digits; null outside of a trace. */
  readonly traceId: string | null;
  /** 16 hex digits; null outside of a span. */
  readonly spanId: string | null;
  readonly severity: string;
  readonly body: unknown;
  readonly attributes: JsonObject;
}

/** A log record, or what keeps it from being stored. */
export function readLogRecord(
  raw: unknown,
  at: string,
  setting: SpanSetting,
): { record: LogRecord } | { issue: Issue } {
  if (!isJsonObject(raw)) return { issue: { field: at, message: 'expected a log record' } };
  const issue = findExcess(raw, at);
  if (issue !== null) return { issue };
  try {
    return { record: { ...setting, ...readParts(raw) } };
  } catch (error) {
    if (error instanceof TooDeep) return { issue: { field: at, message: error.message } };
    throw error;
  }
}

function readParts(raw: JsonObject): Omit<LogRecord, keyof SpanSetting> {
  const attributes = readAttributes(raw['attributes']);
  const body = readAnyValue(raw['body']);
  return {
    name: readName(textOf(raw['eventName']), body, attributes),
    time:
      readTime(raw['timeUnixNano']) ??
      readTime(raw['observedTimeUnixNano']) ??
      parseInstant(textOf(attributes['event.timestamp'])),
    traceId: readId(raw['traceId'], 16),
    spanId: readId(raw['spanId'], 8),
    severity: textOf(raw['severityText']),
    body,
    attributes,
  };
}

/** Before there was a field for it, an attribute had the name. Claude Code has it without its prefix there. */
function readName(eventName: string, body: unknown, attributes: JsonObject): string {
  if (eventName !== '') return eventName;
  const said = textOf(body);
  return /^claude_code\.\w+$/.test(said) ? said : (toText(attributes['event.name']) ?? '');
}
