import type { JsonObject } from '../json/json-object.ts';

/**
 * Where the reading of a list of events, newest first, has got to.
 *
 * Pages by number shift when events arrive while a caller reads: what was on page 1 comes again on
 * page 2. So each page asks for what began no later than the last item seen, and leaves out what was
 * seen of that same millisecond.
 */
export interface EventCursor {
  /** Inclusive end of `start_time`, epoch milliseconds; null before the first page. */
  readonly untilMs: number | null;
  /** Items to skip inside the bound: only when a whole page lies in one millisecond. */
  readonly offset: number;
  /** Ids of the items seen that began in the millisecond of the bound. */
  readonly seen: ReadonlySet<string>;
}

export const startCursor = (offset: number): EventCursor => ({
  untilMs: null,
  offset,
  seen: new Set(),
});

/** The items of a page that were not seen before. */
export const unseen = <Item extends JsonObject>(
  cursor: EventCursor,
  items: readonly Item[],
): Item[] => items.filter((item) => !cursor.seen.has(idOf(item)));

/** The cursor after a page; null when that was the last one. */
export function nextCursor(
  cursor: EventCursor,
  page: { readonly items: readonly JsonObject[]; readonly total: number },
): EventCursor | null {
  const { items, total } = page;
  const last = items.at(-1);
  if (last === undefined || cursor.offset + items.length >= total) return null;
  const untilMs = startOf(last);
  // A service that leaves the start out can only be read by offset.
  if (untilMs === null) return { ...cursor, offset: cursor.offset + items.length };
  const sameMs = items.filter((item) => startOf(item) === untilMs).map(idOf);
  return untilMs === cursor.untilMs
    ? { untilMs, offset: cursor.offset + items.length, seen: new Set([...cursor.seen, ...sameMs]) }
    : { untilMs, offset: 0, seen: new Set(sameMs) };
}

// Rounded up: the bound travels as an ISO time, which has no fractions of a millisecond.
function startOf(item: JsonObject): number | null {
  const start = item['start_time'];
  return typeof start === 'number' ? Math.ceil(start) : null;
}

const idOf = (item: JsonObject): string => String(item['event_id']);
