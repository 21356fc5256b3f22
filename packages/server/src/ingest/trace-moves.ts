import type { EventStore, SessionRemainder, TracePart } from '../domain/event-store.ts';
import { forgetSpans, improveRoot, isMadeRoot, readSpanOfSession } from '../domain/made-root.ts';
import { isRoot } from '../domain/stored-event.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { writeMark } from '../domain/trace-mark.ts';
import type { Trace } from '../domain/trace-span.ts';
import type { TraceChange } from './place-traces.ts';

/** What one commit moves. */
export interface TraceMoves {
  readonly parts: readonly TracePart[];
  readonly left: readonly LeftSession[];
}

/** A session that traces have left. */
interface LeftSession {
  readonly projectId: string;
  readonly sessionId: string;
  /** Session of one of these traces. */
  readonly to: string;
  readonly remainder: SessionRemainder;
}

/** A trace with another session than before, or with more of its events there. */
export interface MovedTrace {
  readonly trace: Trace;
  /** The new version of its mark. */
  readonly row: StoredEvent;
  /** Whether all of its events are in its session. */
  readonly isAll: boolean;
}

type MoveReads = Pick<EventStore, 'readTraces' | 'readRemainder'>;

/** Reads what the changes move, and what they leave behind. */
export async function readMoves(
  events: MoveReads,
  changes: readonly TraceChange[],
): Promise<TraceMoves> {
  const places = changes.flatMap((change) => change.places);
  if (places.length === 0) return { parts: [], left: [] };
  const parts = await events.readTraces(places);
  const sessions = new Map<string, TracePart[]>();
  for (const part of parts.filter(({ isAll }) => isAll)) {
    const key = `${part.place.projectId}\n${part.place.sessionId}`;
    sessions.set(key, [...(sessions.get(key) ?? []), part]);
  }
  const reads = [...sessions.values()].map((left) => readLeft(events, left, changes));
  return { parts, left: (await Promise.all(reads)).flat() };
}

async function readLeft(
  events: MoveReads,
  parts: readonly TracePart[],
  changes: readonly TraceChange[],
): Promise<LeftSession[]> {
  const [first] = parts;
  const to = changes.find(({ places }) => parts.some(({ place }) => places.includes(place)));
  if (!first || !to) return [];
  const { projectId, sessionId } = first.place;
  const own = parts.find(({ place }) => place.traceId === null);
  const traceIds = parts.flatMap(({ place }) => place.traceId ?? []);
  // Nothing stays in the session of a trace alone.
  const remainder = own
    ? { root: own.events.find(isRoot) ?? null, first: null, firstOfUser: null }
    : await events.readRemainder({ projectId, sessionId, traceIds });
  const isKept = remainder.root === null || (!own && !isMadeRoot(remainder.root));
  return isKept ? [] : [{ projectId, sessionId, to: to.row.sessionId, remainder }];
}

/** What moves events. */
export interface Mover {
  /** @param to the mark of the trace */
  move(event: StoredEvent, to: StoredEvent): void;
  replaceRoot(root: StoredEvent, before: StoredEvent): void;
  /** Deletes the root of a session of which nothing is left. */
  dropRoot(root: StoredEvent): void;
  /** Keeps for another session what updates added to a root. */
  inherit(root: StoredEvent, sessionId: string): void;
}

/** Moves events to the sessions of their traces, and gives the marks of these. */
export function* moveTraces(
  changes: readonly TraceChange[],
  { parts, left }: TraceMoves,
  mover: Mover,
): Generator<void, MovedTrace[]> {
  // First: a session that one trace leaves may be the one that another moves to.
  for (const { remainder } of left) leave(remainder, mover);
  const byPlace = new Map(parts.map((part) => [part.place, part]));
  const moved: MovedTrace[] = [];
  for (const { trace, places, row, mark } of changes) {
    const found = places.flatMap((place) => byPlace.get(place) ?? []);
    for (const event of found.flatMap(({ events }) => events)) {
      if (!isRoot(event)) mover.move(event, row);
      yield;
    }
    const done = new Set(found.flatMap(({ isAll, place }) => (isAll ? [place.sessionId] : [])));
    const from = mark.from.filter((sessionId) => !done.has(sessionId));
    const origin = writeMark({ ...mark, from });
    moved.push({ trace, row: { ...row, origin }, isAll: from.length === 0 });
  }
  for (const { to, remainder } of left)
    if (remainder.root && remainder.first === null) mover.inherit(remainder.root, to);
  return moved;
}

/** The root of a session that the service made goes with the last of its events, or is made after what stays. */
function leave({ root, first, firstOfUser }: SessionRemainder, mover: Mover): void {
  if (root === null) return;
  if (first === null) {
    mover.dropRoot(root);
    return;
  }
  const remade = [first, firstOfUser].reduce<StoredEvent>((made, event) => {
    const span = event && readSpanOfSession(event);
    return span ? improveRoot(made, event, span) : made;
  }, forgetSpans(root));
  mover.replaceRoot(remade, root);
}
