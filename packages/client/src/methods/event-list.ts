import type { Core } from '../call/core.ts';
import type { Issue } from '../errors/errors.ts';
import { refuse } from '../errors/refusal.ts';
import { maxEventPage } from '../generated/types.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';
import { nextCursor, startCursor } from './event-cursor.ts';
import type { EventCursor } from './event-cursor.ts';
import { readAfter, readEvents } from './event-pages.ts';
import type { EventListing, Slice } from './event-pages.ts';
import { toEventQuery } from './event-query.ts';
import type { ListInput } from './event-query.ts';
import { readExtract, toPosition } from './list-page.ts';
import type { PagePosition } from './list-page.ts';
import type { ListSource } from './list.ts';

/** How one of the lists of events differs from the other. */
export interface EventListKind<Item, Page> {
  readonly operation: string;
  readonly rootsOnly: boolean;
  /** Fields that the service knows under another name. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Conditions that always hold. */
  readonly fixed: Readonly<Record<string, string>>;
  toItem(event: JsonObject): Item;
  toPage(items: Item[], position: PagePosition): Page;
}

/** What a caller asks of a list. */
export interface EventListRequest {
  readonly input: ListInput | undefined;
  readonly options: CallOptions | undefined;
}

/** The steps in which a list of events is read. */
export function eventSource<Item, Page>(
  core: Core,
  kind: EventListKind<Item, Page>,
  { input, options }: EventListRequest,
): ListSource<Item, Page, EventCursor> {
  const toItems = (slice: Slice) => slice.items.map(kind.toItem);
  return {
    async loadFirst() {
      const listing = toListing(core, kind, input ?? {});
      const slice = await readEvents(core, listing, options);
      const position = toPosition(listing, { total: slice.total, count: slice.items.length });
      const cursor = nextCursor(startCursor(listing.offset), slice);
      return { page: kind.toPage(toItems(slice), position), items: toItems(slice), cursor };
    },
    async loadNext(cursor) {
      const listing = toListing(core, kind, input ?? {});
      const { items, cursor: next } = await readAfter(core, { listing, cursor }, options);
      return { items: items.map(kind.toItem), cursor: next };
    },
  };
}

function toListing<Item, Page>(
  core: Core,
  kind: EventListKind<Item, Page>,
  input: ListInput,
): EventListing {
  const { operation, rootsOnly, aliases, fixed } = kind;
  const issues: Issue[] = [];
  const extract = readExtract(input, maxEventPage, issues);
  const query = toEventQuery({ ...input, ...fixed }, aliases, issues);
  if (issues.length > 0) throw refuse(operation, issues);
  return { operation, rootsOnly, query, project: input.project ?? core.project, ...extract };
}
