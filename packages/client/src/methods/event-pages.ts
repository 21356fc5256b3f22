import type { CallInput } from '../call/call.ts';
import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import { maxEventPage } from '../generated/types.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';
import { decodeItems, decodeObject, violation } from '../wire/decode.ts';
import { nextCursor, unseen } from './event-cursor.ts';
import type { EventCursor } from './event-cursor.ts';
import type { EventQuery } from './event-query.ts';
import type { Chunk } from './list.ts';
import { planPages } from './page-plan.ts';
import type { Extract } from './page-plan.ts';

/** Which events to read, and for which method. */
export interface EventListing extends Extract {
  readonly operation: string;
  readonly project: string | null;
  readonly query: EventQuery;
  /** Only roots of sessions. */
  readonly rootsOnly: boolean;
}

/** Items, and how many there are on all pages. */
export interface Slice {
  readonly items: readonly JsonObject[];
  readonly total: number;
}

/** Read part of a list of events, newest first. */
export async function readEvents(
  core: Core,
  listing: EventListing,
  options: CallOptions | undefined,
): Promise<Slice> {
  const { pageSize, pages, skip } = planPages(listing, maxEventPage);
  const items: JsonObject[] = [];
  let total = 0;
  for (const page of pages) {
    const read = await readPage(core, toExport(listing, { pageSize, page }), options);
    items.push(...read.items);
    total = read.total;
    if (read.items.length < pageSize) break;
  }
  return { items: items.slice(skip, skip + listing.limit), total };
}

/** Where to continue reading a list. */
export interface Continuation {
  readonly listing: EventListing;
  readonly cursor: EventCursor;
}

/** What follows the items that were read already. */
export async function readAfter(
  core: Core,
  { listing, cursor }: Continuation,
  options: CallOptions | undefined,
): Promise<Chunk<JsonObject, EventCursor>> {
  const { untilMs, offset } = cursor;
  const slice = await readEvents(core, { ...narrow(listing, untilMs), offset }, options);
  return { items: unseen(cursor, slice.items), cursor: nextCursor(cursor, slice) };
}

function narrow(listing: EventListing, untilMs: number | null): EventListing {
  if (untilMs === null) return listing;
  const dateRange = { ...listing.query.dateRange, $lte: new Date(untilMs).toISOString() };
  return { ...listing, query: { ...listing.query, dateRange } };
}

function toExport(
  listing: EventListing,
  { pageSize, page }: { readonly pageSize: number; readonly page: number },
): CallInput {
  const { operation, project, query, rootsOnly } = listing;
  return {
    ...toCallInput({ operation, endpoint: 'exportEvents' }),
    json: {
      ...(project === null ? {} : { project }),
      filters: query.filters,
      ...(Object.keys(query.dateRange).length === 0 ? {} : { dateRange: query.dateRange }),
      limit: pageSize,
      page,
      // Not known to the vendor's service, which reads the page.
      offset: (page - 1) * pageSize,
      ...(rootsOnly ? { roots_only: true } : {}),
    },
  };
}

async function readPage(
  core: Core,
  input: CallInput,
  options: CallOptions | undefined,
): Promise<Slice> {
  const answer = await core.call(input, options);
  const body = decodeObject<JsonObject>(answer, { events: 'array' });
  const items = decodeItems<JsonObject>(
    answer,
    { value: body['events'], path: 'events' },
    { event_id: 'string' },
  );
  const total = body['totalEvents'] ?? body['count'];
  if (typeof total !== 'number') throw violation(answer, 'totalEvents', 'a number');
  return { items, total };
}
