import { placeholderSession } from '../domain/event-draft.ts';
import { emptyDigest, parseDigest } from '../domain/event-digest.ts';
import { applyPatch, isEmptyPatch, patchFromText, patchToText } from '../domain/event-patch.ts';
import { parseBucket } from '../domain/json-text.ts';
import type { HeldPatch } from '../domain/metadata-store.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import type { Write, WriteOutcome } from './write.ts';

/** What is known of the events that a commit touches. */
export interface CommitState {
  /** Latest version of every id that the writes name, tombstones included. */
  readonly heads: readonly EventHead[];
  /** Full latest version of what is patched, started again or deleted with its session. */
  readonly events: readonly StoredEvent[];
  /** Patches kept for events that the writes create. */
  readonly heldPatches: readonly HeldPatch[];
  /** Says that a session is known to have a root, so that its head was not read. */
  hasRoot(projectId: string, sessionId: string): boolean;
}

/** What a commit does. */
export interface CommitPlan {
  readonly rows: readonly StoredEvent[];
  /** One for each write, in the same order. */
  readonly outcomes: readonly WriteOutcome[];
  readonly hold: readonly Omit<HeldPatch, 'sequence'>[];
  /** Sequences of kept patches that the rows now carry. */
  readonly release: readonly number[];
}

/** Sort key of the store, as one number: rows of one event must agree on it. */
const hourOf = (startTime: number): number => Math.floor(startTime / 3_600_000);
const keyOf = (projectId: string, eventId: string): string => `${projectId}\n${eventId}`;

/**
 * Decides what a group of writes means. Pure: the same writes on the same state give the same plan.
 *
 * - The first create of an id wins; a later one is the same event and changes nothing, so that a retried create
 *   can never undo an update or a delete.
 * - A patch reads, merges and writes the next version; for an id not seen yet it is kept until the event arrives.
 * - An event of an unknown session brings a root for it, at version 0, which the real one replaces.
 */
export function planCommit(writes: readonly Write[], state: CommitState): CommitPlan {
  const draft = new CommitDraft(state);
  const outcomes: WriteOutcome[] = Array.from({ length: writes.length });
  for (const index of orderWrites(writes)) {
    const write = writes[index];
    if (write) outcomes[index] = draft.apply(write);
  }
  return { rows: draft.rows(), outcomes, hold: draft.hold, release: draft.release };
}

/** Arrival order, except that patches of one event which carry their client's clock follow that clock. */
function orderWrites(writes: readonly Write[]): number[] {
  const order = writes.map((_, index) => index);
  const timed = new Map<string, number[]>();
  for (const [index, write] of writes.entries()) {
    if (write.kind !== 'patch' || write.clientTimeNs === null) continue;
    timed.set(write.eventId, [...(timed.get(write.eventId) ?? []), index]);
  }
  const timeOf = (index: number): bigint => {
    const write = writes[index];
    return write?.kind === 'patch' ? (write.clientTimeNs ?? 0n) : 0n;
  };
  for (const places of timed.values()) {
    const sorted = places.toSorted((a, b) =>
      timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a - b,
    );
    for (const [position, place] of places.entries()) order[place] = sorted[position] ?? place;
  }
  return order;
}

class CommitDraft {
  readonly hold: Omit<HeldPatch, 'sequence'>[] = [];
  readonly release: number[] = [];
  readonly #heads = new Map<string, EventHead>();
  readonly #events = new Map<string, StoredEvent>();
  readonly #state: CommitState;
  readonly #changed = new Set<string>();
  readonly #tombstones: StoredEvent[] = [];

  constructor(state: CommitState) {
    for (const head of state.heads) this.#heads.set(keyOf(head.projectId, head.eventId), head);
    for (const event of state.events)
      this.#events.set(keyOf(event.projectId, event.eventId), event);
    this.#state = state;
  }

  apply(write: Write): WriteOutcome {
    switch (write.kind) {
      case 'create':
        return this.#create(write.event);
      case 'startSession':
        return this.#startSession(write.event);
      case 'patch':
        return this.#patch(write);
      case 'delete':
        return this.#deleteAll(this.#find(write.projectIds, write.eventId), write.now);
      case 'deleteSession':
        return this.#deleteAll(this.#findSession(write.projectIds, write.sessionId), write.now);
    }
  }

  rows(): StoredEvent[] {
    const rows = [...this.#tombstones];
    for (const key of this.#changed) {
      const event = this.#events.get(key);
      if (event) rows.push(event);
    }
    return rows;
  }

  #create(event: StoredEvent): WriteOutcome {
    const head = this.#heads.get(keyOf(event.projectId, event.eventId));
    if (head && head.version > 0) return { kind: 'stored', event };
    const stored = this.#put(this.#withHeldPatches(event), head);
    this.#ensureRoot(stored);
    return { kind: 'stored', event: stored };
  }

  #startSession(event: StoredEvent): WriteOutcome {
    const key = keyOf(event.projectId, event.eventId);
    const known = this.#events.get(key);
    const head = this.#heads.get(key);
    if (head?.isDeleted) return { kind: 'stored', event };
    if (!known || known.version === 0) return this.#create(event);
    const next = restart(known, event);
    return { kind: 'stored', event: next === known ? known : this.#put(next, head) };
  }

  #patch(write: Extract<Write, { kind: 'patch' }>): WriteOutcome {
    const head = this.#find(write.projectIds, write.eventId)[0];
    const event = head && this.#events.get(keyOf(head.projectId, head.eventId));
    if (!head) {
      this.hold.push({
        projectId: write.heldFor,
        eventId: write.eventId,
        patch: patchToText(write.patch),
        receivedAt: write.now,
      });
      return { kind: 'held' };
    }
    if (head.isDeleted || !event) return { kind: 'notFound' };
    if (isEmptyPatch(write.patch)) return { kind: 'stored', event };
    return { kind: 'stored', event: this.#put(applyPatch(event, write.patch, write.now), head) };
  }

  #deleteAll(heads: readonly EventHead[], now: number): WriteOutcome {
    const alive = heads.filter((head) => !head.isDeleted);
    for (const head of alive) {
      const key = keyOf(head.projectId, head.eventId);
      const version = head.version + 1;
      this.#tombstones.push(tombstone(head, version, now));
      this.#heads.set(key, { ...head, version, isDeleted: true });
      this.#events.delete(key);
      this.#changed.delete(key);
    }
    return alive.length > 0 ? { kind: 'deleted', count: alive.length } : { kind: 'notFound' };
  }

  #find(projectIds: readonly string[], eventId: string): EventHead[] {
    return projectIds.flatMap((projectId) => this.#heads.get(keyOf(projectId, eventId)) ?? []);
  }

  #findSession(projectIds: readonly string[], sessionId: string): EventHead[] {
    const projects = new Set(projectIds);
    return [...this.#heads.values()].filter(
      (head) => head.sessionId === sessionId && projects.has(head.projectId),
    );
  }

  #withHeldPatches(event: StoredEvent): StoredEvent {
    let next = event;
    for (const held of this.#state.heldPatches) {
      const isFor =
        held.eventId === event.eventId && (held.projectId ?? event.projectId) === event.projectId;
      if (!isFor || this.release.includes(held.sequence)) continue;
      next = applyPatch(next, patchFromText(held.patch), event.updatedAt);
      this.release.push(held.sequence);
    }
    const arrived = this.hold.filter(
      (held) =>
        held.eventId === event.eventId && (held.projectId ?? event.projectId) === event.projectId,
    );
    for (const held of arrived) {
      next = applyPatch(next, patchFromText(held.patch), event.updatedAt);
      this.hold.splice(this.hold.indexOf(held), 1);
    }
    return next;
  }

  /** Keeps the new version; where it moves to another place in the sort key, the old place gets a tombstone. */
  #put(event: StoredEvent, before: EventHead | undefined): StoredEvent {
    const moves =
      before &&
      (hourOf(before.startTime) !== hourOf(event.startTime) ||
        before.sessionId !== event.sessionId);
    if (moves) this.#tombstones.push(tombstone(before, before.version + 1, event.updatedAt));
    const version = before
      ? Math.max(event.version, before.version + (moves ? 2 : 1))
      : event.version;
    const stored = version === event.version ? event : { ...event, version };
    const key = keyOf(stored.projectId, stored.eventId);
    this.#heads.set(key, stored);
    this.#events.set(key, stored);
    this.#changed.add(key);
    return stored;
  }

  #ensureRoot(event: StoredEvent): void {
    if (event.sessionId === event.eventId || this.#state.hasRoot(event.projectId, event.sessionId))
      return;
    const head = this.#heads.get(keyOf(event.projectId, event.sessionId));
    if (!head || head.isDeleted) this.#put(this.#withHeldPatches(placeholderSession(event)), head);
  }
}

/** A session that is started again: metadata and user properties merge, what was left empty is filled. */
function restart(known: StoredEvent, again: StoredEvent): StoredEvent {
  const merge = (name: 'metadata' | 'user_properties'): string =>
    JSON.stringify({ ...parseBucket(known[name]), ...parseBucket(again[name]) });
  const fill = (name: 'config' | 'inputs' | 'outputs' | 'feedback' | 'metrics'): string =>
    known[name] === '{}' ? again[name] : known[name];
  const next: StoredEvent = {
    ...known,
    eventName: known.eventName === 'unknown' ? again.eventName : known.eventName,
    source: known.source === 'unknown' ? again.source : known.source,
    metadata: merge('metadata'),
    user_properties: merge('user_properties'),
    config: fill('config'),
    inputs: fill('inputs'),
    outputs: fill('outputs'),
    feedback: fill('feedback'),
    metrics: fill('metrics'),
  };
  const isSame = Object.entries(next).every(([name, value]) =>
    Object.is(value, Reflect.get(known, name)),
  );
  return isSame
    ? known
    : { ...next, ...parseDigest(next), version: known.version + 1, updatedAt: again.updatedAt };
}

/** The version that says that an event was deleted. */
export function tombstone(
  head: Pick<EventHead, 'projectId' | 'sessionId' | 'eventId' | 'startTime'>,
  version: number,
  now: number,
): StoredEvent {
  return {
    projectId: head.projectId,
    sessionId: head.sessionId,
    eventId: head.eventId,
    startTime: head.startTime,
    version,
    isDeleted: true,
    eventType: 'chain',
    eventName: '',
    parentId: null,
    childrenIds: [],
    source: '',
    error: null,
    endTime: head.startTime,
    durationMs: 0,
    config: '{}',
    inputs: '{}',
    outputs: '{}',
    metadata: '{}',
    metrics: '{}',
    feedback: '{}',
    user_properties: '{}',
    promptTokens: 0,
    completionTokens: 0,
    totalTokens: 0,
    costUsd: 0,
    ...emptyDigest,
    createdAt: now,
    updatedAt: now,
  };
}
