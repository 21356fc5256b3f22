import { limits } from 'honeyhive-wire';

/** Epoch milliseconds of a number, a numeric string or an ISO-8601 string; null otherwise. */
export function parseInstant(value: string | number): number | null {
  const ms = typeof value === 'number' ? value : parseText(value.trim());
  return Number.isFinite(ms) && ms >= 0 && ms <= limits.timeMs ? ms : null;
}

/** When something ended that took so long: the last instant there is, where it would be later. */
export const endOf = (startTime: number, durationMs: number): number =>
  Math.min(limits.timeMs, startTime + durationMs);

function parseText(text: string): number {
  if (text === '') return Number.NaN;
  const number = Number(text);
  if (!Number.isNaN(number)) return number;
  // A date without a zone is UTC: the host's zone must not decide what is stored.
  const isDateTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text);
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  return Date.parse(isDateTime && !hasZone ? `${text.replace(' ', 'T')}Z` : text);
}
