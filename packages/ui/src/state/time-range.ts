import { parseZoned } from './zoned-time.ts';

/** A length of time up to now, or two local times. */
export type TimeRange =
  | { readonly kind: 'last'; readonly text: string; readonly ms: number }
  | { readonly kind: 'between'; readonly from: string; readonly to: string };

/** A range with its ends, epoch milliseconds. `to` is not part of it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** Longer than any data can be old; keeps the ends within what dates can be. */
const longestMs = 100 * 365 * 86_400_000;

/** Reads `24h`, `7d` or `2026-11-01T00:00~2026-11-02T00:00`; null when it is neither. */
export function parseTimeRange(text: string): TimeRange | null {
  return parseLength(text) ?? parseEnds(text);
}

function parseLength(text: string): TimeRange | null {
  const [, digits, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const ms = Number(digits ?? 0) * (unitMs[unit] ?? 0);
  return ms > 0 && ms <= longestMs ? { kind: 'last', text, ms } : null;
}

function parseEnds(text: string): TimeRange | null {
  const [from, to, ...more] = text.split('~');
  if (from === undefined || to === undefined || more.length > 0) return null;
  const [start, end] = [parseZoned(from, 'UTC'), parseZoned(to, 'UTC')];
  return start !== null && end !== null && start < end ? { kind: 'between', from, to } : null;
}

export const printTimeRange = (range: TimeRange): string =>
  range.kind === 'last' ? range.text : `${range.from}~${range.to}`;

/** The ends of a range: of one up to now they move with `now`, epoch milliseconds. */
export function resolveTimeRange(range: TimeRange, timeZone: string, now: number): Interval {
  if (range.kind === 'last') return { from: Math.max(0, now - range.ms), to: now };
  const from = parseZoned(range.from, timeZone) ?? now;
  return { from, to: parseZoned(range.to, timeZone) ?? now };
}

const names: Readonly<Record<string, string>> = { m: 'min', h: 'h', d: 'd', w: 'w' };

/** `last 24 h`, or the two times as the clocks show them. */
export function describeTimeRange(range: TimeRange): string {
  if (range.kind === 'last')
    return `last ${range.text.slice(0, -1)} ${names[range.text.slice(-1)]}`;
  const [from, to] = [range.from, range.to].map((text) => text.replace('T', ' '));
  return `${from} to ${to}`;
}
