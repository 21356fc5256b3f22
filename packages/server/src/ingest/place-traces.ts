import type { TracePlace } from '../domain/event-store.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { readMark } from '../domain/trace-mark.ts';
import type { TraceMark } from '../domain/trace-mark.ts';
import { addressed, isBefore, rankSpan } from '../domain/trace-span.ts';
import type { SpanRank, Trace, TraceSpan } from '../domain/trace-span.ts';
import { tombstone } from './tombstone.ts';
import type { Write } from './write.ts';

/** A trace whose session is another one from now on, or whose events are still to be moved there. */
export interface TraceChange {
  readonly trace: Trace;
  /** The next version of the mark, without what it says. */
  readonly row: StoredEvent;
  /** What it says if nothing is moved now. */
  readonly mark: TraceMark;
  /** Where its events are to be moved from. */
  readonly places: readonly TracePlace[];
}

/** Writes with the sessions of their traces. */
export interface PlacedWrites {
  readonly writes: readonly Write[];
  readonly changes: readonly TraceChange[];
}

/** What is known of traces and sessions. */
export interface TraceSources {
  /** The latest version of a trace's mark. */
  findMark(projectId: string, markId: string): EventHead | undefined;
  /** False only when the session was certainly never stored. */
  mayHold(projectId: string, sessionId: string): boolean;
}

type SpanWrite = Extract<Write, { kind: 'create' }> & { readonly span: TraceSpan };

export const isSpanWrite = (write: Write): write is SpanWrite =>
  write.kind === 'create' && write.span !== undefined;

/** The trace that a write is for. */
export function traceOf(write: Write): { projectId: string; trace: Trace } | null {
  if (write.kind === 'moveTrace') return write;
  return isSpanWrite(write) ? { projectId: write.event.projectId, trace: write.span.trace } : null;
}

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
 */
export function placeTraces(writes: readonly Write[], sources: TraceSources): PlacedWrites {
  const traces = new Map<string, TraceDraft>();
  const draftOf = (write: Write): TraceDraft | undefined => {
    const of = traceOf(write);
    if (of === null) return undefined;
    const key = `${of.projectId}\n${of.trace.id}`;
    const draft = traces.get(key) ?? new TraceDraft(of.projectId, of.trace, sources);
    traces.set(key, draft);
    return draft;
  };
  for (const write of writes) draftOf(write)?.add(write);
  if (traces.size === 0) return { writes, changes: [] };
  return {
    writes: writes.map((write) => draftOf(write)?.place(write) ?? write),
    changes: [...traces.values()].flatMap((draft) => draft.change() ?? []),
  };
}

class TraceDraft {
  readonly #head: EventHead | undefined;
  readonly #trace: Trace;
  readonly #mayHoldOwn: () => boolean;
  readonly #from: readonly string[];
  #named: NamedSession | null = null;
  /** When what is left of it was to be moved; null: it was not. */
  #movesAt: number | null = null;

  constructor(projectId: string, trace: Trace, { findMark, mayHold }: TraceSources) {
    const head = findMark(projectId, trace.mark);
    const mark = head && readMark(head.origin);
    this.#head = head;
    this.#trace = trace;
    this.#mayHoldOwn = () => mayHold(projectId, trace.ownSession);
    this.#from = mark?.from ?? [];
    if (head && mark) this.#named = { sessionId: head.sessionId, rank: mark.rank, by: null };
  }

  add(write: Write): void {
    if (write.kind === 'moveTrace') this.#movesAt = write.now;
    if (!isSpanWrite(write) || write.span.sessionId === null) return;
    const { event, span } = write;
    const rank = rankSpan(span, event);
    if (this.#named === null || isBefore(rank, this.#named.rank))
      this.#named = { sessionId: write.span.sessionId, rank, by: event };
  }

  /** The write in the session that its event belongs to. */
  place(write: Write): Write {
    if (!isSpanWrite(write)) return write;
    const { event, span } = write;
    if (span.isAddressed) return { ...write, event: { ...event, origin: addressed } };
    const sessionId = this.#named?.sessionId ?? this.#trace.ownSession;
    return event.sessionId === sessionId ? write : { ...write, event: inSession(event, sessionId) };
  }

  change(): TraceChange | null {
    const named = this.#named;
    if (named === null) return null;
    const from = this.#leave(named.sessionId);
    if (named.by) return this.#changeTo(named, { from, by: named.by, now: named.by.updatedAt });
    if (this.#movesAt === null || from.length === 0 || !this.#head) return null;
    return this.#changeTo(named, { from, by: this.#head, now: this.#movesAt });
  }

  #changeTo(
    { sessionId, rank }: NamedSession,
    { from, by, now }: { from: readonly string[]; by: EventHead; now: number },
  ): TraceChange {
    const { projectId, startTime, isByOrganisation, version } = this.#head ?? { ...by, version: 0 };
    const place = {
      projectId,
      sessionId,
      eventId: this.#trace.mark,
      startTime,
      isByOrganisation: isByOrganisation || by.isByOrganisation,
    };
    const { id: traceId, ownSession } = this.#trace;
    return {
      trace: this.#trace,
      row: tombstone(place, version + 1, now),
      mark: { traceId, ownSession, rank, from },
      places: from.map((each) => ({
        projectId,
        sessionId: each,
        traceId: each === ownSession ? null : traceId,
      })),
    };
  }

  /** Sessions that events of the trace may be in, other than its own now. */
  #leave(sessionId: string): string[] {
    const before = this.#head
      ? [this.#head.sessionId]
      : this.#mayHoldOwn()
        ? [this.#trace.ownSession]
        : [];
    return [...new Set([...this.#from, ...before])].filter((each) => each !== sessionId);
  }
}

/** The event in another session; what was directly below the root still is. */
export const inSession = (event: StoredEvent, sessionId: string): StoredEvent => ({
  ...event,
  sessionId,
  parentId: event.parentId === event.sessionId ? sessionId : event.parentId,
});
