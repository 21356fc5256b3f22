import type { Attributes } from './attributes.ts';
import { toNumber, toText } from './attributes.ts';
import type { Span } from './span.ts';

const firstErrorStatus = 400;

/** What went wrong, as text; null when nothing did. Source: docs/contract.md, "OpenTelemetry". */
export function readError(attributes: Attributes, span: Span): string | null {
  const own = attributes.takeText('honeyhive_error');
  if (own !== undefined) return own;
  if (span.isFailed) return (span.statusMessage || exceptionText(span)) ?? typeText(attributes);
  // What was recorded and handled is no error: only the status of the span says that it failed.
  const status = toNumber(
    attributes.peek('http.status_code') ?? attributes.peek('http.response.status_code'),
  );
  return status !== undefined && status >= firstErrorStatus ? `HTTP ${status}` : null;
}

/** The last exception of the span: `ValueError: no such order`. */
function exceptionText({ events }: Span): string | null {
  const exception = events.findLast(({ name }) => name === 'exception')?.attributes ?? {};
  const parts = [exception['exception.type'], exception['exception.message']].flatMap(
    (part) => toText(part) ?? [],
  );
  return parts.length === 0 ? null : parts.join(': ');
}

const typeText = (attributes: Attributes): string =>
  toText(attributes.peek('error.type')) ?? 'error';
