import { limits } from './limits.ts';

/** Epoch milliseconds of a number, a numeric string or an ISO-8601 string; null otherwise. */
export function parseInstant(value: string | number): number | null {
  const ms = typeof value === 'number' ? value : parseText(value.trim());
  return Number.isFinite(ms) && ms >= 0 && ms <= limits.timeMs ? ms : null;
}

/** Date, minutes, seconds, their fraction, zone. */
const iso8601 =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

function parseText(text: string): number {
  if (text === '') return Number.NaN;
  const number = Number(text);
  if (!Number.isNaN(number)) return number;
  const [, date, minutes = '00:00', seconds = '00', fraction = '', zone] = iso8601.exec(text) ?? [];
  if (date === undefined || !isDate(date)) return Number.NaN;
  const whole = Date.parse(`${date}T${minutes}:${seconds}${toOffset(zone)}`);
  return whole + Math.round(Number(`0.${fraction}`) * 1e6) / 1e3;
}

/** Whether the calendar has the day: for 30 February, `Date.parse` would take 2 March. */
function isDate(date: string): boolean {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

/** A date without a zone is UTC: the zone of the host must not decide what is stored. */
function toOffset(zone = 'Z'): string {
  const [, hours = '', minutes = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return hours === '' ? 'Z' : `${hours}:${minutes}`;
}
