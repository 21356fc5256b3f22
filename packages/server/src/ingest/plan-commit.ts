import type { EventIn } from 'honeyhive-wire';
import { placeholderSession } from '../domain/event-draft.ts';
import {
  applyPatch,
  changesBuckets,
  isEmptyPatch,
  mergePatch,
  patchFromText,
  patchToText,
  reprice,
  withDerived,
} from '../domain/event-patch.ts';
import { growsTooLarge } from '../domain/event-size.ts';
import type { Pricer, Pricing } from '../domain/pricing.ts';
import { improveRoot, isMadeRoot, makeRoot, readSpanOfSession } from '../domain/made-root.ts';
import type { SpanOfSession } from '../domain/trace-span.ts';
import { resolveHome } from '../domain/id-home.ts';
import type { IdScope } from '../domain/id-home.ts';
import { isIn, toPlaces } from './session-places.ts';
import type { HeldPatch } from '../held-updates/held-patch-store.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import type { HeldRoom } from './held-room.ts';
import { canAdopt, canAdoptRoot, isFor, keepMark } from './adoption.ts';
import { completeEvent } from './complete-event.ts';
import { isOfAnother, toConflict } from './id-conflict.ts';
import { inSession } from './place-traces.ts';
import type { PlacedWrites } from './place-traces.ts';
import { orderWrites } from './order-writes.ts';
import { inheritRoot, restart, startMade } from './restart-session.ts';
import { moveTraces } from './trace-moves.ts';
import type { MovedTrace, TraceMoves } from './trace-moves.ts';
import { tombstone } from './tombstone.ts';
import type { OfSession, Write, WriteOutcome } from './write.ts';

/** What is known of the events that a commit touches. */
export interface CommitState {
  /** Latest version of every id that the writes name, tombstones included. */
  readonly heads: readonly EventHead[];
  /** Full latest version of what is patched, started again or deleted with its session. */
  readonly events: readonly StoredEvent[];
  /** Patches kept for events that the writes create. */
  readonly heldPatches: readonly HeldPatch[];
  /** Events of traces that change their session. */
  readonly moves: TraceMoves;
  /** For patches whose event does not exist yet. */
  readonly heldRoom: Pick<HeldRoom, 'tryTake'>;
  readonly pricing: Pick<Pricing, 'known'>;
  /** Says that nothing is to be done for the root of the event's session, so that its head was not read. */
  hasRoot(event: StoredEvent): boolean;
}

/** What a commit does. */
export interface CommitPlan {
  readonly rows: readonly StoredEvent[];
  /** New marks of traces, which are among the rows. */
  readonly moved: readonly MovedTrace[];
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
 * - The first create of an id wins; a later one is the same event and adds what that lacks, so that a retried create
 *   can never undo an update or a delete ([ADR 27](../../../../docs/adr/0027-the-same-id-again.md)).
 * - A patch reads, merges and writes the next version; for an id not seen yet it is kept until the event arrives.
 * - An event of an unknown session brings a root for it, at version 0, which the real one replaces.
 * - What a key of the organisation sends again, after a key of the project sent it, is the organisation's from then on;
 *   so is the session that it writes to. Later requests that name no project find it by that.
 */
export function planCommit(writes: readonly Write[], state: CommitState): CommitPlan {
  const steps = planSteps({ writes, changes: [] }, state);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** {@link planCommit}, write by write: a small update of a large event may take a tenth of a second. */
export function* planSteps(
  { writes, changes }: PlacedWrites,
  state: CommitState,
): Generator<void, CommitPlan> {
  const draft = new CommitDraft(state);
  const outcomes: WriteOutcome[] = Array.from({ length: writes.length });
  const moved = yield* moveTraces(changes, state.moves, draft);
  for (const index of orderWrites(writes)) {
    const write = writes[index];
    if (write) outcomes[index] = draft.apply(write);
    yield;
  }
  const rows = [...(yield* draft.rows()), ...moved.map(({ row }) => row)];
  return { rows, outcomes, moved, hold: draft.hold, release: draft.release };
}

class CommitDraft {
  readonly hold: Omit<HeldPatch, 'sequence'>[] = [];
  readonly release: number[] = [];
  readonly #heads = new Map<string, EventHead>();
  readonly #events = new Map<string, StoredEvent>();
  readonly #state: CommitState;
  readonly #changed = new Set<string>();
  /** Patched events whose usage and digest are of the version before. */
  readonly #underived = new Set<string>();
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
        return this.#create(write);
      case 'startSession':
        return this.#startSession(write.event);
      case 'patch':
        return this.#patch(write);
      case 'reprice':
        return this.#reprice(write);
      case 'delete':
        return this.#deleteIn(write, this.#find(write.scope, write.eventId));
      case 'deleteSession':
        return this.#deleteIn(write, this.#findSession(write.scope, write.sessionId));
      case 'moveTrace':
        return { kind: 'moved' };
    }
  }

  move(event: StoredEvent, { sessionId, updatedAt }: StoredEvent): void {
    const moved = { ...inSession(event, sessionId), version: event.version + 1, updatedAt };
    this.#ensureRoot(this.#put(moved, event), readSpanOfSession(event));
  }

  dropRoot(root: StoredEvent): void {
    this.#deleteAll([root], root.updatedAt);
  }

  inherit(old: StoredEvent, sessionId: string): void {
    const root = this.#events.get(keyOf(old.projectId, sessionId));
    if (root) this.replaceRoot(inheritRoot(root, old), root);
  }

  replaceRoot(root: StoredEvent, before: StoredEvent): void {
    if (root !== before) this.#put(root, before);
  }

  *rows(): Generator<void, StoredEvent[]> {
    const rows = [...this.#tombstones];
    for (const key of this.#changed) {
      const event = this.#events.get(key);
      if (!event) continue;
      rows.push(this.#underived.has(key) ? withDerived(event, this.#pricerOf(event)) : event);
      if (this.#underived.has(key)) yield;
    }
    return rows;
  }

  #create({ event, sent, ...of }: Extract<Write, { kind: 'create' }>): WriteOutcome {
    const key = keyOf(event.projectId, event.eventId);
    const head = this.#heads.get(key);
    if (!head) return this.#add(event, head, of);
    const known = this.#events.get(key);
    if (isOfAnother(event, head, known)) return toConflict(head);
    if (isMadeRoot(head)) return this.#replaceMade(event, head, known);
    return known ? this.#complete(known, event, sent) : { kind: 'known', event, kept: [] };
  }

  #add(event: StoredEvent, head: EventHead | undefined, of: OfSession = {}): WriteOutcome {
    const stored = this.#put(this.#withHeldPatches(keepMark(event, head)), head);
    const { span = null, rootRate: sampleRate = event.sampleRate } = of;
    this.#ensureRoot(sampleRate === event.sampleRate ? stored : { ...stored, sampleRate }, span);
    return { kind: 'stored', event: stored };
  }

  /** What was sent takes the place of the root that the service made. */
  #replaceMade(event: StoredEvent, head: EventHead, made: StoredEvent | undefined): WriteOutcome {
    if (!made || made.origin === '') return this.#add(event, head);
    const next = startMade(made, event);
    if (growsTooLarge(event, next)) return this.#add(event, head);
    return { kind: 'stored', event: this.#put(this.#withHeldPatches(next), head) };
  }

  #complete(known: StoredEvent, again: StoredEvent, sent: EventIn): WriteOutcome {
    const { value, kept } = completeEvent(known, again, sent);
    if (growsTooLarge(known, value)) return { kind: 'tooLarge' };
    const isAdopted = canAdopt(again, known);
    if (value === known && !isAdopted) return { kind: 'known', event: known, kept };
    this.#underived.add(keyOf(known.projectId, known.eventId));
    const next = { ...value, isByOrganisation: known.isByOrganisation || isAdopted };
    const event = this.#put(isAdopted ? this.#withHeldPatches(next) : next, known);
    return { kind: 'known', event, kept };
  }

  #startSession(event: StoredEvent): WriteOutcome {
    const key = keyOf(event.projectId, event.eventId);
    const known = this.#events.get(key);
    const head = this.#heads.get(key);
    if (head && isOfAnother(event, head, known)) return toConflict(head);
    if (!head || !known) return this.#add(event, head);
    if (isMadeRoot(known)) return this.#replaceMade(event, head, known);
    const next = restart(known, event);
    if (next === known) return { kind: 'stored', event: known };
    if (growsTooLarge(known, next)) return { kind: 'tooLarge' };
    const isAdopted = next.isByOrganisation && !known.isByOrganisation;
    return {
      kind: 'stored',
      event: this.#put(isAdopted ? this.#withHeldPatches(next) : next, head),
    };
  }

  #patch(write: Extract<Write, { kind: 'patch' }>): WriteOutcome {
    const { scope } = write;
    const heads = this.#find(scope, write.eventId);
    const home = resolveHome(scope, heads, 'change');
    if (home.kind === 'ambiguous') return home;
    const head = heads.find((one) => isIn(home, one));
    const event = head && this.#events.get(keyOf(head.projectId, head.eventId));
    if (!head) return this.#hold(write);
    if (head.isDeleted || !event) return { kind: 'notFound', elsewhere: [] };
    if (isEmptyPatch(write.patch)) return { kind: 'stored', event };
    const next = mergePatch(event, write.patch, write.now);
    if (growsTooLarge(event, next)) return { kind: 'tooLarge' };
    if (changesBuckets(write.patch)) this.#underived.add(keyOf(next.projectId, next.eventId));
    return { kind: 'stored', event: this.#put(next, head) };
  }

  #reprice({ scope, eventId, now }: Extract<Write, { kind: 'reprice' }>): WriteOutcome {
    const head = this.#find(scope, eventId).find(({ isDeleted }) => !isDeleted);
    const event = head && this.#events.get(keyOf(head.projectId, head.eventId));
    if (!head || !event) return { kind: 'notFound', elsewhere: [] };
    const next = reprice(event, this.#pricerOf(event));
    if (next === event) return { kind: 'stored', event };
    const version = event.version + 1;
    return { kind: 'stored', event: this.#put({ ...next, version, updatedAt: now }, head) };
  }

  #hold({ scope, eventId, patch, now }: Extract<Write, { kind: 'patch' }>): WriteOutcome {
    const projectId = scope.kind === 'project' ? scope.projectId : null;
    const text = patchToText(patch);
    const limit = this.#state.heldRoom.tryTake(projectId, Buffer.byteLength(text));
    if (limit !== null) return { kind: 'notHeld', limit };
    this.hold.push({ projectId, eventId, patch: text, receivedAt: now });
    return { kind: 'held' };
  }

  /** @param heads what may be meant, in all projects of the scope */
  #deleteIn({ scope, now }: Delete, heads: readonly EventHead[]): WriteOutcome {
    const home = resolveHome(scope, toPlaces(heads), 'change');
    if (home.kind === 'ambiguous') return home;
    if (home.kind === 'none') return { kind: 'notFound', elsewhere: home.elsewhere };
    return this.#deleteAll(
      heads.filter((head) => isIn(home, head)),
      now,
    );
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
    return alive.length > 0
      ? { kind: 'deleted', count: alive.length }
      : { kind: 'notFound', elsewhere: [] };
  }

  #find(scope: IdScope, eventId: string): EventHead[] {
    return projectsOf(scope).flatMap((id) => this.#heads.get(keyOf(id, eventId)) ?? []);
  }

  #findSession(scope: IdScope, sessionId: string): EventHead[] {
    const projects = new Set(projectsOf(scope));
    return [...this.#heads.values()].filter(
      (head) => head.sessionId === sessionId && projects.has(head.projectId),
    );
  }

  #pricerOf({ projectId }: StoredEvent): Pricer {
    return this.#state.pricing.known(projectId);
  }

  #withHeldPatches(event: StoredEvent): StoredEvent {
    const context = { now: event.updatedAt, pricer: this.#pricerOf(event) };
    let next = event;
    for (const held of this.#state.heldPatches) {
      if (!isFor(held, event) || this.release.includes(held.sequence)) continue;
      next = applyPatch(next, patchFromText(held.patch), context);
      this.release.push(held.sequence);
    }
    const arrived = this.hold.filter((held) => isFor(held, event));
    for (const held of arrived) {
      next = applyPatch(next, patchFromText(held.patch), context);
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

  /** @param span null: it did not come as a span */
  #ensureRoot(event: StoredEvent, span: SpanOfSession | null): void {
    if (event.sessionId === event.eventId) return;
    if (span) this.#improveRoot(event, span);
    const head = this.#heads.get(keyOf(event.projectId, event.sessionId));
    if (!head?.isDeleted && this.#state.hasRoot(event)) return;
    if (!head || head.isDeleted) {
      const root = keepMark(span ? makeRoot(event, span) : placeholderSession(event), head);
      this.#put(this.#withHeldPatches(root), head);
    } else if (canAdoptRoot(event, head)) this.#adopt(head);
  }

  #improveRoot(event: StoredEvent, span: SpanOfSession): void {
    const root = this.#events.get(keyOf(event.projectId, event.sessionId));
    if (root && isMadeRoot(root)) this.replaceRoot(improveRoot(root, event, span), root);
  }

  /** An event of a key of the project that the organisation wrote, too: it takes the updates that waited for that. */
  #adopt(head: EventHead): void {
    const known = this.#events.get(keyOf(head.projectId, head.eventId));
    if (!known) return;
    const version = known.version + 1;
    const adopted = { ...known, version, isByOrganisation: true };
    this.#put(this.#withHeldPatches(adopted), head);
  }
}

type Delete = Extract<Write, { kind: 'delete' | 'deleteSession' }>;

const projectsOf = (scope: IdScope): readonly string[] =>
  scope.kind === 'project' ? [scope.projectId] : scope.projectIds;
