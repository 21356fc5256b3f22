import type { ChartQuery, EventQuery } from '../../../domain/event-query.ts';

/** Hours since the epoch, both ends inclusive; an end may be infinite. */
export interface HourRange {
  readonly first: number;
  readonly last: number;
}

const hourMs = 3_600_000;

/** False of an empty range, that of an infinite end alone among them. */
const holdsHours = ({ first, last }: HourRange): boolean => first < last + 1;

const dayHours = 24;
const weekHours = 7 * dayHours;
/** The epoch was a Thursday; weeks begin on Monday. */
const firstMonday = 4 * dayHours;

/** The hours that belong together: those of one bucket of a chart, at least one. */
export type UnitOf = (hour: number) => HourRange;

export const hourUnit: UnitOf = (hour) => ({ first: hour, last: hour });

const unitOfWidth =
  (width: number, offset: number): UnitOf =>
  (hour) => {
    const first = Math.floor((hour - offset) / width) * width + offset;
    return { first, last: first + width - 1 };
  };

const monthUnit: UnitOf = (hour) => {
  const date = new Date(hour * hourMs);
  const startOf = (month: number): number => Date.UTC(date.getUTCFullYear(), month) / hourMs;
  const next = startOf(date.getUTCMonth() + 1);
  // The last month of the calendar has no next one.
  return { first: startOf(date.getUTCMonth()), last: Number.isNaN(next) ? Infinity : next - 1 };
};

const units: Readonly<Record<ChartQuery['bucket'], UnitOf>> = {
  minute: hourUnit,
  hour: hourUnit,
  day: unitOfWidth(dayHours, 0),
  week: unitOfWidth(weekHours, firstMonday),
  month: monthUnit,
};

export const unitOfBucket = (bucket: ChartQuery['bucket']): UnitOf => units[bucket];

/** A range of time in whole units, and what is left over at its ends. */
export interface SplitRange {
  /** null when there is no whole unit in it. */
  readonly inner: HourRange | null;
  /** Hours of which only a part belongs to the range, or which do not fill a unit. */
  readonly edges: readonly HourRange[];
}

/** The hours of which at least a part belongs to the range. */
export const toHours = ({ fromMs, toMs }: Pick<EventQuery, 'fromMs' | 'toMs'>): HourRange => ({
  first: fromMs === undefined ? -Infinity : Math.floor(fromMs / hourMs),
  last: toMs === undefined ? Infinity : Math.floor(toMs / hourMs),
});

export function splitRange(range: Pick<EventQuery, 'fromMs' | 'toMs'>, unitOf: UnitOf): SplitRange {
  const { fromMs, toMs } = range;
  const { first: start, last: end } = toHours(range);
  const first = fromMs === undefined ? -Infinity : firstWholeUnit(fromMs, unitOf);
  const last = toMs === undefined ? Infinity : unitOf(end).first - 1;
  if (first > last) return { inner: null, edges: [{ first: start, last: end }] };
  const before = { first: start, last: first - 1 };
  const after = { first: last + 1, last: end };
  return {
    inner: { first, last },
    edges: [before, after].filter(holdsHours),
  };
}

function firstWholeUnit(fromMs: number, unitOf: UnitOf): number {
  const unit = unitOf(Math.floor(fromMs / hourMs));
  return unit.first * hourMs === fromMs ? unit.first : unit.last + 1;
}

/** The ranges in order, those that meet or overlap as one. */
export function joinRanges(ranges: readonly HourRange[]): HourRange[] {
  const joined: HourRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before && range.first <= before.last + 1)
      joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    else joined.push(range);
  }
  return joined;
}

export const isWithin = (hour: number, { first, last }: HourRange): boolean =>
  hour >= first && hour <= last;

/** What of the range is in none of the known ones, which are in order and apart. */
export function missingRanges(range: HourRange, known: readonly HourRange[]): HourRange[] {
  const missing: HourRange[] = [];
  let { first } = range;
  for (const next of known) {
    if (next.last < first || next.first > range.last) continue;
    missing.push({ first, last: next.first - 1 });
    first = next.last + 1;
  }
  return [...missing, { first, last: range.last }].filter(holdsHours);
}

/** The condition that a row lies in one of the ranges. Hours are whole numbers, never text of a client. */
export function hoursSql(ranges: readonly HourRange[]): string {
  const conditions = ranges.map(({ first, last }) => {
    const lower = first === -Infinity ? [] : [`start_hour >= ${toWhole(first)}`];
    const upper = last === Infinity ? [] : [`start_hour <= ${toWhole(last)}`];
    return [...lower, ...upper].join(' AND ') || '1';
  });
  return conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`;
}

function toWhole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`expected a whole hour, got ${value}`);
  return value;
}
