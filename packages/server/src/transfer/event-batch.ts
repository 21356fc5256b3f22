import type { EventHead, StoredEvent } from '../domain/stored-event.ts';

/** What to do with events from elsewhere, given what is there. */
export interface BatchPlan {
  /** New, or newer than what is there. */
  readonly insert: readonly StoredEvent[];
  /** There already, at this version or a later one. */
  readonly known: number;
  /** The same id, but another event: its session or its start differs, and none has moved. Left as it is there. */
  readonly conflicts: readonly StoredEvent[];
  /** By how much each project's number of events that are not deleted grows. */
  readonly growth: ReadonlyMap<string, number>;
}

const keyOf = ({ projectId, eventId }: Pick<EventHead, 'projectId' | 'eventId'>): string =>
  JSON.stringify([projectId, eventId]);

/** Decides event by event; a later version of what was imported before takes its place. */
export function planBatch(events: readonly StoredEvent[], heads: readonly EventHead[]): BatchPlan {
  const headByKey = new Map<string, EventHead>(heads.map((head) => [keyOf(head), head]));
  const insert: StoredEvent[] = [];
  const conflicts: StoredEvent[] = [];
  const growth = new Map<string, number>();
  let known = 0;
  for (const event of events) {
    const head = headByKey.get(keyOf(event));
    if (head && !isSameEvent(head, event) && !hasMoved(head, event)) conflicts.push(event);
    else if (head && head.version >= event.version) known += 1;
    else {
      insert.push(event);
      headByKey.set(keyOf(event), event);
      const step = countLive(event) - (head ? countLive(head) : 0);
      growth.set(event.projectId, (growth.get(event.projectId) ?? 0) + step);
    }
  }
  return { insert, known, conflicts, growth };
}

/** Where an event moved away from, its last version is a tombstone. */
const hasMoved = (one: EventHead, other: EventHead): boolean =>
  one.version < other.version ? one.isDeleted : other.version < one.version && other.isDeleted;

const countLive = ({ isDeleted }: Pick<EventHead, 'isDeleted'>): number => (isDeleted ? 0 : 1);

/** Session and start are part of where an event is kept. */
const isSameEvent = (head: EventHead, event: StoredEvent): boolean =>
  head.sessionId === event.sessionId && head.startTime === event.startTime;
