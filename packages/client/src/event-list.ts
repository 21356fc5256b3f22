import type { JsonObject } from './assume.ts';
import type { Core } from './core.ts';
import type { Issue } from './errors.ts';
import { iterateEvents, readEvents } from './event-pages.ts';
import type { EventListing, Slice } from './event-pages.ts';
import { toEventQuery } from './event-query.ts';
import type { ListInput } from './event-query.ts';
import { maxEventPage } from './generated/types.ts';
import { openList } from './list.ts';
import type { List } from './list.ts';
import { readExtract, toPosition } from './list-page.ts';
import type { PagePosition } from './list-page.ts';
import type { CallOptions } from './options.ts';
import { refuse } from './refusal.ts';

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

/** A list of events that is read when it is used. */
export function listEventsOf<Item, Page>(
  core: Core,
  kind: EventListKind<Item, Page>,
  { input, options }: EventListRequest,
): List<Item, Page> {
  let first: { readonly listing: EventListing; readonly slice: Slice } | undefined;
  return openList<Item, Page>({
    async loadFirst() {
      const listing = toListing(core, kind, input ?? {});
      const slice = await readEvents(core, listing, options);
      first = { listing, slice };
      const position = toPosition(listing, { total: slice.total, count: slice.items.length });
      return kind.toPage(slice.items.map(kind.toItem), position);
    },
    async *iterate() {
      if (first === undefined) return;
      const source = { listing: first.listing, first: first.slice };
      for await (const event of iterateEvents(core, source, options)) yield kind.toItem(event);
    },
  });
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
