import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { readMark, writeMark } from '../domain/trace-mark.ts';
import { isBefore, rankSpan } from '../domain/trace-span.ts';
import type { SpanRank, Trace, TraceSpan } from '../domain/trace-span.ts';
import { tombstone } from './tombstone.ts';
import type { Write } from './write.ts';

/** Writes with the sessions of their traces. */
export interface PlacedWrites {
  readonly writes: readonly Write[];
  /** New versions of marks. */
  readonly marks: readonly StoredEvent[];
}

type SpanWrite = Extract<Write, { kind: 'create' }> & { readonly span: TraceSpan };

export const isSpanWrite = (write: Write): write is SpanWrite =>
  write.kind === 'create' && write.span !== undefined;

/** The session of a trace, as one of its spans names it. */
interface NamedSession {
  readonly sessionId: string;
  readonly rank: SpanRank;
  /** null: the mark says so already. */
  readonly by: StoredEvent | null;
}

/**
 * Puts spans into the sessions of their traces, whatever they name themselves
 * ([ADR 26](../../../../docs/adr/0026-sessions-of-traces.md)): of all that name one, the first span decides. Pure.
 *
 * @param findMark the latest version of a trace's mark
 */
export function placeTraces(
  writes: readonly Write[],
  findMark: (projectId: string, markId: string) => EventHead | undefined,
): PlacedWrites {
  const spans = writes.filter(isSpanWrite);
  if (spans.length === 0) return { writes, marks: [] };
  const traces = new Map<string, TracePlace>();
  for (const { event, span } of spans) {
    const key = `${event.projectId}\n${span.trace.id}`;
    const place = traces.get(key) ?? new TracePlace(findMark(event.projectId, span.trace.mark));
    traces.set(key, place);
    place.add(event, span);
  }
  const placed = writes.map((write) => {
    if (!isSpanWrite(write)) return write;
    const place = traces.get(`${write.event.projectId}\n${write.span.trace.id}`);
    return place === undefined ? write : { ...write, event: place.put(write.event, write.span) };
  });
  return { writes: placed, marks: [...traces.values()].flatMap((place) => place.mark()) };
}

class TracePlace {
  readonly #head: EventHead | undefined;
  #named: NamedSession | null = null;
  #trace: Trace | null = null;

  constructor(head: EventHead | undefined) {
    this.#head = head;
    const known = head && readMark(head.origin);
    if (head && known) this.#named = { sessionId: head.sessionId, rank: known.rank, by: null };
  }

  add(event: StoredEvent, span: TraceSpan): void {
    this.#trace = span.trace;
    if (span.sessionId === null) return;
    const rank = rankSpan(span, event);
    if (this.#named === null || isBefore(rank, this.#named.rank))
      this.#named = { sessionId: span.sessionId, rank, by: event };
  }

  /** The event in the session that it belongs to. */
  put(event: StoredEvent, { sessionId, isAddressed, trace }: TraceSpan): StoredEvent {
    const placed = (isAddressed ? sessionId : this.#named?.sessionId) ?? trace.ownSession;
    return inSession(event, placed);
  }

  /** The mark's next version where one is needed. */
  mark(): StoredEvent[] {
    const [named, trace, head] = [this.#named, this.#trace, this.#head];
    if (trace === null || !named?.by) return [];
    const { projectId, startTime, updatedAt, isByOrganisation } = named.by;
    const mark = {
      projectId,
      sessionId: named.sessionId,
      eventId: trace.mark,
      startTime: head?.startTime ?? startTime,
      isByOrganisation: isByOrganisation || head?.isByOrganisation === true,
    };
    const origin = writeMark({ traceId: trace.id, rank: named.rank });
    return [{ ...tombstone(mark, (head?.version ?? 0) + 1, updatedAt), origin }];
  }
}

/** The event in another session; what was directly below the root still is. */
export const inSession = (event: StoredEvent, sessionId: string): StoredEvent =>
  event.sessionId === sessionId
    ? event
    : {
        ...event,
        sessionId,
        parentId: event.parentId === event.sessionId ? sessionId : event.parentId,
      };
