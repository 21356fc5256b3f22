import type { Attributes } from './attributes.ts';
import { toNumber, toText } from './attributes.ts';
import type { JsonObject } from '../domain/json-text.ts';
import type { Span } from './span.ts';

const firstErrorStatus = 400;

/** Values of an error attribute that mean no error. */
const noError: ReadonlySet<unknown> = new Set([
  '',
  'false',
  'null',
  'none',
  'undefined',
  '0',
  '{}',
]);

const toError = (value: unknown): string | undefined => {
  const text = toText(value);
  return noError.has(text?.trim().toLowerCase()) ? undefined : text;
};

/** The error of a span; null without one. Source: docs/contract.md, "OpenTelemetry". */
export function readError(attributes: Attributes, span: Span): string | null {
  const own = attributes.takeFirst(['honeyhive_error'], toError);
  if (own !== undefined) return own;
  const status = httpError(attributes);
  // A recorded exception may have been handled. Only the status means that the span failed.
  if (span.isFailed)
    return (
      exceptionText(exceptionOf(span)) ??
      withoutStack(span.statusMessage) ??
      typeText(attributes, status) ??
      'error'
    );
  const level = attributes.peek('langfuse.observation.level');
  if (level === 'ERROR') return langfuseError(attributes);
  return status;
}

/** The type of the last exception of a span that failed. */
export const readExceptionType = (span: Span): string | undefined =>
  span.isFailed ? toText(exceptionOf(span)['exception.type']) : undefined;

const langfuseError = (attributes: Attributes): string =>
  withoutStack(toText(attributes.peek('langfuse.observation.status_message')) ?? '') ?? 'error';

const exceptionOf = ({ events }: Span): JsonObject =>
  events.findLast(({ name }) => name === 'exception')?.attributes ?? {};

/** `ValueError: no such order`. */
function exceptionText(exception: JsonObject): string | null {
  const type = toText(exception['exception.type']);
  const message = withoutStack(toText(exception['exception.message']) ?? '') ?? undefined;
  if (type === undefined || message === undefined) return type ?? message ?? null;
  return `${type}: ${message}`;
}

const pythonStack = 'Traceback (most recent call last):';
const jsFrame = /\n\s+at /;

/**
 * A message without the stack that some senders append to it, so that equal errors are equal; null without one. Of a
 * Python traceback, the last line is the exception. A stack of JavaScript begins with the message again.
 */
function withoutStack(message: string): string | null {
  const start = message.indexOf(pythonStack);
  const lines = message.trimEnd().split('\n');
  const text =
    start === -1
      ? withoutRepetition(message.split(jsFrame, 1)[0] ?? '')
      : lines.findLast((line) => /^\w[\w.]*:/.test(line));
  return (text ?? message.slice(0, start)).trim() || null;
}

function withoutRepetition(message: string): string {
  const [first = '', ...others] = message.split('\n');
  const again = others.findIndex((line) => line.endsWith(`: ${first}`));
  return again === -1 ? message : [first, ...others.slice(0, again)].join('\n');
}

/** `error.type`; the HTTP status instead of a bare number. */
function typeText(attributes: Attributes, status: string | null): string | null {
  const type = toText(attributes.peek('error.type')) ?? null;
  return type !== null && /\D/.test(type) ? type : (status ?? type);
}

function httpError(attributes: Attributes): string | null {
  const status = toNumber(
    attributes.peek('http.status_code') ?? attributes.peek('http.response.status_code'),
  );
  return status !== undefined && status >= firstErrorStatus ? `HTTP ${status}` : null;
}
