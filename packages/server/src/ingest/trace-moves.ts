import type { EventStore, SessionRemainder, TracePart } from '../domain/event-store.ts';
import { isRoot } from '../domain/stored-event.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { writeMark } from '../domain/trace-mark.ts';
import type { Trace } from '../domain/trace-span.ts';
import type { TraceChange } from './place-traces.ts';

/** What is to be moved from one place, and what the session keeps; null while more of the trace is there. */
export interface TraceMove extends TracePart {
  readonly remainder: SessionRemainder | null;
}

/** A trace with another session than before, or with more of its events there. */
export interface MovedTrace {
  readonly trace: Trace;
  /** The new version of its mark. */
  readonly row: StoredEvent;
  /** Whether all of its events are in its session. */
  readonly isAll: boolean;
}

/** Reads what the changes move. */
export async function readMoves(
  events: Pick<EventStore, 'readTraces' | 'readRemainder'>,
  changes: readonly TraceChange[],
): Promise<TraceMove[]> {
  const places = changes.flatMap((change) => change.places);
  if (places.length === 0) return [];
  const parts = await events.readTraces(places);
  return Promise.all(
    parts.map(async (part) => ({
      ...part,
      remainder: part.isAll ? await readRemainder(events, part) : null,
    })),
  );
}

/** Nothing stays in the trace's own session. */
async function readRemainder(
  events: Pick<EventStore, 'readRemainder'>,
  { place, events: moved }: TracePart,
): Promise<SessionRemainder> {
  if (place.traceId !== null) return events.readRemainder(place);
  return { root: moved.find(isRoot) ?? null, first: null };
}

/** What moves events. */
export interface Mover {
  /** @param to the mark of the trace */
  move(event: StoredEvent, to: StoredEvent): void;
  /** Deletes a root of which nothing is left. */
  dropRoot(root: StoredEvent, now: number): void;
}

/** Moves events to the sessions of their traces, and gives the marks of these. */
export function* moveTraces(
  changes: readonly TraceChange[],
  moves: readonly TraceMove[],
  mover: Mover,
): Generator<void, MovedTrace[]> {
  const moved: MovedTrace[] = [];
  const byPlace = new Map(moves.map((move) => [move.place, move]));
  for (const { trace, places, row, mark } of changes) {
    const found = places.flatMap((place) => byPlace.get(place) ?? []);
    for (const event of found.flatMap(({ events }) => events)) {
      if (!isRoot(event)) mover.move(event, row);
      yield;
    }
    const done = found.filter(({ isAll }) => isAll);
    for (const root of done.flatMap(findDropped)) mover.dropRoot(root, row.updatedAt);
    const left = new Set(done.map(({ place }) => place.sessionId));
    const from = mark.from.filter((sessionId) => !left.has(sessionId));
    const origin = writeMark({ ...mark, from });
    moved.push({ trace, row: { ...row, origin }, isAll: from.length === 0 });
  }
  return moved;
}

/** The root of a session that was only there for the events that are gone. */
function findDropped({ place, remainder }: TraceMove): StoredEvent[] {
  if (!remainder?.root || remainder.first !== null) return [];
  const isMade = place.traceId === null || remainder.root.version === 0;
  return isMade ? [remainder.root] : [];
}
