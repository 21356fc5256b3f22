import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { requestText } from '../api/read-text.ts';
import { inlineBytes } from '../payload/size-ladder.ts';
import { parseEventDetail, type EventDetail } from './event-detail.ts';

/** An event, by its project and its id. */
export interface EventName {
  readonly project: string;
  readonly eventId: string;
}

/** How many events are kept to be shown again at once. */
const keptEvents = 50;
/** A pointer that stays so long on an event is about to open it; one that moves with the keys rests longer. */
const hoverMs = 80;
const restMs = 120;

const keyOf = ({ project, eventId }: EventName) => ['event', project, eventId] as const;

async function readEvent(
  { project, eventId }: EventName,
  signal: AbortSignal,
): Promise<EventDetail> {
  const query = `project=${encodeURIComponent(project)}&omit_over=${inlineBytes}`;
  const path = `/v1/explore/events/${encodeURIComponent(eventId)}?${query}`;
  const response = await requestText(path, { signal });
  return parseEventDetail(await response.text());
}

/** An event with its buckets, but those above 1 MB. */
export const eventQuery = (name: EventName) =>
  queryOptions({
    queryKey: keyOf(name),
    queryFn: ({ signal }) => readEvent(name, signal),
    staleTime: 60_000,
    gcTime: Infinity,
    // Columns of a document are compared by nobody.
    structuralSharing: false,
  });

/** Lets go of what was looked at longest ago. */
function forgetOldest(queries: QueryClient): void {
  const kept = queries
    .getQueryCache()
    .findAll({ queryKey: ['event'], type: 'inactive' })
    .toSorted((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt);
  for (const { queryKey } of kept.slice(keptEvents)) {
    queries.removeQueries({ queryKey, exact: true });
  }
}

/** An event with its buckets; those above 256 KB are loaded separately. */
export function useEventDetail(name: EventName): UseQueryResult<EventDetail> {
  const queries = useQueryClient();
  const query = useQuery(eventQuery(name));
  const { dataUpdatedAt } = query;
  useEffect(() => forgetOldest(queries), [queries, dataUpdatedAt]);
  return query;
}

/** Marks what is kept of an event as old: it was changed. */
export function useInvalidateEvent(name: EventName): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: keyOf(name) });
}

export interface PrefetchEvent {
  /** The pointer is on an event. */
  readonly hover: (eventId: string) => void;
  /** The keys have come to an event. */
  readonly rest: (eventId: string) => void;
  /** It has gone on. */
  readonly leave: () => void;
}

/** Loads an event before it is opened, once one has stayed on it for a moment. */
export function usePrefetchEvent(project: string): PrefetchEvent {
  const queries = useQueryClient();
  const waiting = useRef({ timer: 0, eventId: '' });
  const prefetch = useMemo(() => {
    const leave = () => {
      window.clearTimeout(waiting.current.timer);
      waiting.current = { timer: 0, eventId: '' };
    };
    const wait = (ms: number) => (eventId: string) => {
      // The pointer may move within its row.
      if (waiting.current.eventId === eventId) return;
      leave();
      const load = async () => {
        await queries.prefetchQuery(eventQuery({ project, eventId }));
        forgetOldest(queries);
      };
      waiting.current = { timer: window.setTimeout(() => void load(), ms), eventId };
    };
    return { hover: wait(hoverMs), rest: wait(restMs), leave };
  }, [queries, project]);
  useEffect(() => prefetch.leave, [prefetch]);
  return prefetch;
}
