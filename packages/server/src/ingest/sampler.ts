import { isSampled } from 'honeyhive-facts';
import { LRUCache } from 'lru-cache';
import type { EventReads } from '../domain/event-store.ts';
import type { IdScope } from '../domain/id-home.ts';
import {
  dependsOnSource,
  isException,
  isThinned,
  keepsSome,
  rateOfType,
  shareOfSession,
} from '../domain/sampling-rules.ts';
import type { SamplingRules } from '../domain/sampling-rules.ts';
import { isRoot } from '../domain/stored-event.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { SamplingRates } from './sampling-rates.ts';
import type { SeenIds } from './seen-ids.ts';
import type { SetAside } from './set-aside.ts';
import type { Write } from './write.ts';

/** Updates follow their event closely: a larger cache would only cost memory, about 150 bytes each. */
const maxForgone = 100_000;
/** Decided sessions: about 20 MB. */
const maxDecisions = 100_000;

/** An event to store, or the session that it is the root of. */
export type NewWrite = Extract<Write, { kind: 'create' | 'startSession' }>;
export type PatchWrite = Extract<Write, { kind: 'patch' }>;

/** Keeps the share of the sessions that a project's settings ask for, each of them whole. */
export interface Sampler {
  /**
   * What to store for each event: itself, and before it what was set aside of its session; null: nothing. Dropped ones
   * are counted, and their ids cached for a while.
   */
  select(writes: readonly NewWrite[]): Promise<(readonly Write[] | null)[]>;
  /** The same for an update: null if its event was left out a while ago, so that there is nothing to update yet. */
  selectUpdate(write: PatchWrite): Promise<readonly Write[] | null>;
}

export interface SamplerDeps {
  readonly rates: Pick<SamplingRates, 'of'>;
  readonly aside: SetAside;
  readonly events: Pick<EventReads, 'readHeads'>;
  readonly seenIds: Pick<SeenIds, 'catchUp' | 'mayHold'>;
  readonly now: () => number;
  readonly onDropped: (count: number) => void;
}

/** What was decided of a session. */
interface Decision {
  /** That of its first event: later ones often name none. */
  readonly source: string;
  isKept: boolean;
  /** Whether it is kept with all of its events, because of an error or feedback. */
  isException: boolean;
  isPartial: boolean;
}

interface Forgone {
  readonly projectId: string;
  readonly sessionId: string;
  /** Whether a key of the organisation sent it. */
  readonly isByOrganisation: boolean;
}

const keyOf = (projectId: string, id: string): string => `${projectId}\n${id}`;
const sessionKeyOf = ({ projectId, sessionId }: Forgone): string => keyOf(projectId, sessionId);

const keepsAll = ({ rate, bySource, byType }: SamplingRules): boolean =>
  rate >= 1 && bySource.size === 0 && byType.size === 0;

export function createSampler(deps: SamplerDeps): Sampler {
  return new SessionSampler(deps);
}

/** An event of a project that does not keep everything. */
interface Sampled {
  readonly write: NewWrite;
  readonly rules: SamplingRules;
}

class SessionSampler implements Sampler {
  readonly #deps: SamplerDeps;
  readonly #decisions = new LRUCache<string, Decision>({ max: maxDecisions });
  /** In the order they came, so that the first is the oldest. */
  readonly #forgone = new Map<string, Forgone>();

  constructor(deps: SamplerDeps) {
    this.#deps = deps;
  }

  async select(writes: readonly NewWrite[]): Promise<(readonly Write[] | null)[]> {
    const rulesOf = await this.#readRules(writes);
    const sampled = writes.flatMap((write) => {
      const rules = rulesOf.get(write.event.projectId);
      return rules && !keepsAll(rules) ? [{ write, rules }] : [];
    });
    if (sampled.length === 0 && this.#forgone.size === 0) return writes.map((write) => [write]);
    await this.#decide(sampled);
    const released = this.#release(sampled);
    const chosen = writes.map((write): readonly Write[] | null => {
      const rules = rulesOf.get(write.event.projectId);
      if (!rules || keepsAll(rules)) return [write];
      const kept = this.#choose({ write, rules });
      const sessionKey = sessionKeyOf(write.event);
      const before = released.get(sessionKey) ?? [];
      if (kept) released.delete(sessionKey);
      return kept && [...before, kept];
    });
    for (const [index, { event }] of writes.entries()) this.#note(event, chosen[index] !== null);
    const dropped = chosen.filter((write) => write === null).length;
    if (dropped > 0) this.#deps.onDropped(dropped);
    return chosen;
  }

  async selectUpdate(write: PatchWrite): Promise<readonly Write[] | null> {
    const forgone = this.#findForgone(write.scope, write.eventId);
    if (forgone === null) return [write];
    const { aside, now } = this.#deps;
    const rules = await this.#deps.rates.of(forgone.projectId);
    const sessionKey = sessionKeyOf(forgone);
    const decision = this.#decisions.get(sessionKey);
    if (!decision || !isExceptionalChange(write.patch, rules)) {
      if (keepsSome(rules)) aside.add(sessionKey, write, now());
      return null;
    }
    return [...this.#takeAside(sessionKey, { decision, rules, others: [] }), write];
  }

  async #readRules(writes: readonly NewWrite[]): Promise<Map<string, SamplingRules>> {
    const rulesOf = new Map<string, SamplingRules>();
    for (const { event } of writes)
      if (!rulesOf.has(event.projectId))
        rulesOf.set(event.projectId, await this.#deps.rates.of(event.projectId));
    return rulesOf;
  }

  /** Decides on sessions that nothing is known of. */
  async #decide(sampled: readonly Sampled[]): Promise<void> {
    const decided = new Map<string, Decision>();
    const left: StoredEvent[] = [];
    for (const { write, rules } of sampled) {
      const { event } = write;
      const sessionKey = sessionKeyOf(event);
      if (decided.has(sessionKey) || this.#decisions.has(sessionKey)) continue;
      const decision = decideSession(event, rules);
      decided.set(sessionKey, decision);
      if (!decision.isKept) left.push(event);
    }
    await this.#continueStored(left, decided);
    for (const [sessionKey, decision] of decided)
      if (!this.#decisions.has(sessionKey)) this.#decisions.set(sessionKey, decision);
  }

  /** What is stored of a session already is not cut short. */
  async #continueStored(
    left: readonly StoredEvent[],
    decided: ReadonlyMap<string, Decision>,
  ): Promise<void> {
    const { seenIds, events } = this.#deps;
    if (left.length === 0) return;
    await seenIds.catchUp();
    const doubtful = left.filter((event) => seenIds.mayHold(event.projectId, event.sessionId));
    if (doubtful.length === 0) return;
    const heads = await events.readHeads(
      [...new Set(doubtful.map(({ projectId }) => projectId))],
      doubtful.map(({ sessionId }) => sessionId),
    );
    for (const { projectId, eventId, isDeleted } of heads) {
      const decision = decided.get(keyOf(projectId, eventId));
      if (decision && !isDeleted) Object.assign(decision, { isKept: true, isException: true });
    }
  }

  /** What was set aside of sessions that an event of these has kept. */
  #release(sampled: readonly Sampled[]): Map<string, readonly Write[]> {
    const released = new Map<string, readonly Write[]>();
    const bySession = groupBySession(sampled);
    for (const { write, rules } of sampled) {
      if (!isException(write.event, rules)) continue;
      const sessionKey = sessionKeyOf(write.event);
      const decision = this.#decisions.get(sessionKey);
      if (!decision || decision.isException) continue;
      const others = bySession.get(sessionKey) ?? [];
      released.set(sessionKey, this.#takeAside(sessionKey, { decision, rules, others }));
    }
    return released;
  }

  /** From now on the session is kept whatever its share is. */
  #takeAside(
    sessionKey: string,
    {
      decision,
      rules,
      others,
    }: { decision: Decision; rules: SamplingRules; others: readonly Write[] },
  ): Write[] {
    const { aside, now } = this.#deps;
    const { writes, isLacking } = aside.take(sessionKey, now());
    const hasStart = [...writes, ...others].some((write) => isStart(write, aside.knownSince));
    decision.isPartial ||= isLacking || (!decision.isKept && !hasStart);
    decision.isKept = true;
    decision.isException = true;
    return writes.map((write) => {
      if (write.kind !== 'create' && write.kind !== 'startSession') return write;
      this.#forgone.delete(keyOf(write.event.projectId, write.event.eventId));
      return toKept({ write, rules }, decision) ?? write;
    });
  }

  #choose(sampled: Sampled): Write | null {
    const { write, rules } = sampled;
    const sessionKey = sessionKeyOf(write.event);
    const decision = this.#decisions.get(sessionKey);
    const kept = decision && toKept(sampled, decision);
    if (kept) return kept;
    if (keepsSome(rules)) this.#deps.aside.add(sessionKey, write, this.#deps.now());
    return null;
  }

  #note(event: StoredEvent, isKept: boolean): void {
    const key = keyOf(event.projectId, event.eventId);
    if (isKept) {
      this.#forgone.delete(key);
      return;
    }
    const { projectId, sessionId } = event;
    const wasByOrganisation = this.#forgone.get(key)?.isByOrganisation === true;
    const isByOrganisation = event.isByOrganisation || wasByOrganisation;
    this.#forgone.set(key, { projectId, sessionId, isByOrganisation });
    const [oldest] = this.#forgone.keys();
    if (this.#forgone.size > maxForgone && oldest !== undefined) this.#forgone.delete(oldest);
  }

  #findForgone(scope: IdScope, eventId: string): Forgone | null {
    if (this.#forgone.size === 0) return null;
    if (scope.kind === 'project') return this.#forgone.get(keyOf(scope.projectId, eventId)) ?? null;
    const found = scope.projectIds.map((projectId) => this.#forgone.get(keyOf(projectId, eventId)));
    return found.find((one) => one?.isByOrganisation) ?? null;
  }
}

function groupBySession(sampled: readonly Sampled[]): Map<string, Write[]> {
  const bySession = new Map<string, Write[]>();
  for (const { write } of sampled) {
    const sessionKey = sessionKeyOf(write.event);
    const writes = bySession.get(sessionKey);
    if (writes) writes.push(write);
    else bySession.set(sessionKey, [write]);
  }
  return bySession;
}

function decideSession(event: StoredEvent, rules: SamplingRules): Decision {
  const { isKept } = shareOfSession(event, rules);
  return {
    source: event.source,
    isKept,
    isException: false,
    isPartial: isKept && !isRoot(event) && dependsOnSource(event.sessionId, rules),
  };
}

/** The write with what is known of the share that its event stands for; null: the event is left out. */
function toKept({ write, rules }: Sampled, decision: Decision): NewWrite | null {
  const { event } = write;
  const { sessionId } = event;
  const session = shareOfSession({ sessionId, source: decision.source }, rules);
  if (session.isKept) noteKept(decision);
  const typeRate = rateOfType(event, rules);
  const hasType = isSampled(sessionId, typeRate);
  if (!decision.isKept || !(decision.isException || hasType)) return null;
  const shareRate = hasType ? Math.min(session.rate, typeRate) : 0;
  const kept = {
    ...event,
    sampleRate: isException(event, rules) ? 1 : shareRate,
    isPartial: decision.isPartial || (!decision.isException && isThinned(sessionId, rules)),
  };
  return write.kind === 'create'
    ? { ...write, event: kept, rootRate: session.rate }
    : { ...write, event: kept };
}

/** The session is kept now. If it was not, the settings changed after its first events were left out. */
function noteKept(decision: Decision): void {
  decision.isPartial ||= !decision.isKept;
  decision.isKept = true;
}

/** Whether a session began with the write, and not before the instant. */
function isStart(write: Write, since: number): boolean {
  if (write.kind !== 'create' && write.kind !== 'startSession') return false;
  const { event } = write;
  if (event.startTime < since) return false;
  const span = write.kind === 'create' ? write.span : undefined;
  return isRoot(event) || (span?.isFirst === true && span.trace.ownSession === event.sessionId);
}

const isExceptionalChange = (
  { error, merge }: PatchWrite['patch'],
  { keepsErrors, keepsFeedback }: SamplingRules,
): boolean =>
  (keepsErrors && typeof error === 'string') || (keepsFeedback && merge.feedback !== undefined);
