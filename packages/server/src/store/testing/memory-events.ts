import type {
  EventStore,
  SessionRemainder,
  TracePart,
  TracePlace,
} from '../../domain/event-store.ts';
import { readSpanOfSession } from '../../domain/made-root.ts';
import { parseBucket } from '../../domain/json-text.ts';
import { isRoot } from '../../domain/stored-event.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { readMark } from '../../domain/trace-mark.ts';
import { addressed, isBefore, rankSpan } from '../../domain/trace-span.ts';
import { usedBy } from '../../domain/use-tree.ts';
import { StoreModel } from './store-model.ts';

type MemoryEvents = Pick<
  EventStore,
  | 'insert'
  | 'readHeads'
  | 'readEvents'
  | 'readSessionHeads'
  | 'readTraces'
  | 'readRemainder'
  | 'readUseLinks'
  | 'readUnfinishedTraces'
> & { readonly model: StoreModel };

/** What the write path needs of the store, over a {@link StoreModel}. */
export function createMemoryEvents({
  eventsOfMove,
}: {
  readonly eventsOfMove: number;
}): MemoryEvents {
  const model = new StoreModel();
  return {
    model,
    async insert(rows) {
      model.insert(rows);
    },
    readHeads: async (projectIds, eventIds) => model.heads(projectIds, eventIds),
    readEvents: async (projectIds, eventIds) =>
      model.heads(projectIds, eventIds).filter(({ isDeleted }) => !isDeleted),
    readSessionHeads: async (projectIds, sessionIds) =>
      sessionIds.flatMap((sessionId) => model.session(projectIds, sessionId)),
    readUseLinks: async (projectIds, sessionIds) =>
      sessionIds
        .flatMap((sessionId) => model.session(projectIds, sessionId))
        .map((event) => ({ ...event, used: usedBy(event) })),
    readTraces: async (places) => readTraces(model, places, eventsOfMove),
    readRemainder: async (session) => readRemainder(model, session),
    readUnfinishedTraces: async () =>
      model.all().flatMap(({ projectId, eventId, origin }) => {
        const mark = readMark(origin);
        if (!mark || mark.from.length === 0) return [];
        return [
          { projectId, trace: { id: mark.traceId, ownSession: mark.ownSession, mark: eventId } },
        ];
      }),
  };
}

const isAt = ({ traceId }: TracePlace, event: StoredEvent): boolean =>
  traceId === null ||
  (event.origin !== addressed && parseBucket(event.metadata)['trace_id'] === traceId);

function readTraces(model: StoreModel, places: readonly TracePlace[], most: number): TracePart[] {
  let left = most;
  return places.map((place) => {
    const all = model
      .session([place.projectId], place.sessionId)
      .filter((event) => isAt(place, event));
    const events = all.slice(0, left);
    left -= events.length;
    return { place, events, isAll: events.length === all.length };
  });
}

function readRemainder(
  model: StoreModel,
  { projectId, sessionId, traceIds }: Parameters<EventStore['readRemainder']>[0],
): SessionRemainder {
  const all = model.session([projectId], sessionId);
  const isMoved = (event: StoredEvent): boolean =>
    traceIds.some((traceId) => isAt({ projectId, sessionId, traceId }, event));
  const others = all.filter((event) => !isRoot(event) && !isMoved(event)).toSorted(byRank);
  return {
    root: all.find(isRoot) ?? null,
    first: others[0] ?? null,
    firstOfUser: others.find(({ user }) => user !== '') ?? null,
  };
}

function byRank(one: StoredEvent, other: StoredEvent): number {
  const [rank, against] = [one, other].map((event) => {
    const span = readSpanOfSession(event);
    return span ? ([span.sessionName === null ? 1 : 0, ...rankSpan(span, event)] as const) : null;
  });
  return rank && against && isBefore(rank, against) ? -1 : 1;
}
