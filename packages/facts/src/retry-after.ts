// The three forms of RFC 9110 section 5.6.7. `Date.parse` alone would take almost any text for a date.
const httpDate =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/**
 * Milliseconds to wait, out of a `Retry-After` header; null if absent, or none that makes sense.
 *
 * RFC 9110 section 10.2.3: seconds, or a date. A date that has passed means now. Decimal seconds are
 * not in the RFC but are sent by services.
 *
 * @param now epoch milliseconds
 */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!httpDate.test(text)) return null;
  // asctime has no zone: the RFC reads it as UTC.
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
