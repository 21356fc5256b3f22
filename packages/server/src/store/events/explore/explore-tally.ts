import type { EventQuery } from '../../../domain/event-query.ts';
import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type { UnitValue } from '../hours/hour-cache.ts';
import { looksAtOtherEvents } from '../sql/explore-scope.ts';
import type { HourWindow } from '../sql/session-range.ts';

/** The same rows as a plain query, whose counts are cached by hour; null if other events matter too. */
export function toPlainQuery(query: ExploreQuery): EventQuery | null {
  if (looksAtOtherEvents(query)) return null;
  return {
    projectIds: [query.projectId],
    filters: query.filters,
    rootsOnly: query.scope === 'sessions',
    ...(query.fromMs === undefined ? {} : { fromMs: query.fromMs }),
    ...(query.beforeMs === undefined ? {} : { toMs: justBefore(query.beforeMs) }),
  };
}

/** The tally of a plain query, with the hours of the roots that are outside of the range. */
export function tallyOfRows(
  tally: readonly UnitValue<number>[],
  { outsideRoots = [] }: Pick<ExploreQuery, 'outsideRoots'>,
): UnitValue<number>[] {
  if (outsideRoots === 'many') return [...tally];
  const known = new Set(tally.map(({ hour }) => hour));
  const others = new Set(outsideRoots.map(({ hour }) => hour).filter((hour) => !known.has(hour)));
  // Filters may leave them out: to count none finds hours enough for the page.
  return [...tally, ...[...others].map((hour) => ({ hour, value: 0 }))].toSorted(
    (a, b) => b.hour - a.hour,
  );
}

/** The largest number below another one: an end that is left out as one that belongs to the range. */
export function justBefore(value: number): number {
  if (value <= 0) return -1;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) - 1n);
  return bits.getFloat64(0);
}

/** The hours that hold the page, in the order of time that is asked for; null when there are no rows. */
export function pageWindow(
  tally: readonly UnitValue<number>[],
  page: { isDescending: boolean; afterHour: number | null; limit: number },
): HourWindow | null {
  const { isDescending, afterHour, limit } = page;
  const inOrder = isDescending ? tally : tally.toReversed();
  const hours = inOrder.filter(
    ({ hour }) => afterHour === null || (isDescending ? hour <= afterHour : hour >= afterHour),
  );
  // Of the hour in which the page before ended, all may have been on that page.
  let wanted = limit + (afterHour === null ? 0 : (hours[0]?.value ?? 0));
  let last: number | null = null;
  for (const { hour, value } of hours) {
    last = hour;
    wanted -= value;
    if (wanted <= 0) break;
  }
  if (last === null) return null;
  return isDescending ? { fromHour: last } : { toHour: last };
}
