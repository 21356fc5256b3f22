import type { Clock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { EventStore } from '../domain/event-store.ts';
import { isRoot } from '../domain/stored-event.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { readCommitState } from './commit-state.ts';
import type { CommitReads, StateSources } from './commit-state.ts';
import { requireSessions, runInTurn } from './commit-turn.ts';
import type { KnownMarks } from './known-marks.ts';
import { runInTurns } from '../map-in-turns.ts';
import { planSteps } from './plan-commit.ts';
import { createMoveQueue } from './move-queue.ts';
import { numberVersions } from './number-versions.ts';
import type { CommitPlan, CommitState } from './plan-commit.ts';
import { placeWrites } from './read-marks.ts';
import { settleLargeUse } from './settle-large-use.ts';
import { settleUse } from './settle-use.ts';
import type { LargeSession, UseTrees } from './use-trees.ts';
import type { WriteHealth } from './write-health.ts';
import { WriteQueue } from './write-queue.ts';
import type { QueueStats, Waiting } from './write-queue.ts';
import type { WriteTurn, WriteTurns } from './write-turns.ts';
import type { Write, WriteOutcome } from './write.ts';

/** Keeps the reads before an insert, and the insert, bounded. */
const maxGroupWrites = 20_000;
/** With several servers: other groups wait less for the sessions of this one. */
const maxSharedWrites = 500;

export interface CommitterStats extends QueueStats {
  /** Versions of events stored since the start. */
  readonly committedEvents: number;
}

/**
 * Longest wait for callers that were just answered to send what comes next; it is never longer than what they waited
 * for. Without it they split in two halves that wait for each other, and each insert of a few rows costs nearly as much
 * as one of all ([ADR 3](../../../../docs/adr/0003-one-writer.md)).
 */
const maxGatherMs = 8;

/**
 * Rest after a group while other projects read, in multiples of the time that its commit took, and the longest one: a
 * caller that writes from many connections leaves two thirds of the time to them. A request of another project ends it.
 */
const restFactor = 2;
const maxRestMs = 250;

/**
 * Requests answered in one turn of the event loop while other projects read. All of a group at once, and what their
 * callers send next, would keep the reads of others waiting, each at every step.
 */
const answersOfTurn = 5;

/**
 * The only writer of the event store: what arrives while one insert is in flight, and shortly after, forms the next.
 */
export interface Committer {
  /**
   * Resolves when the writes are stored, with one outcome for each.
   *
   * @param bytes size of the request, for the bound of the queue
   * @throws {StoreUnavailable} at once when the queue is full or closed; later when the insert failed
   */
  submit(writes: readonly Write[], bytes: number): Promise<WriteOutcome[]>;
  stats(): CommitterStats;
  /** Refuses new writes and resolves when those accepted before are answered. */
  close(): Promise<void>;
}

/** The project that writes are for; those that may be for any project of the organisation share a turn. */
function shareOf([first]: readonly Write[]): string {
  if (first === undefined) return '';
  if ('event' in first) return first.event.projectId;
  if ('trace' in first) return first.projectId;
  return first.scope.kind === 'project' ? first.scope.projectId : '';
}

/** How one group of writes went. */
export interface CommitReport {
  readonly requestCount: number;
  /** Size of the requests. */
  readonly bytes: number;
  /** Versions of events that were stored; null when nothing was. */
  readonly eventCount: number | null;
  readonly durationMs: number;
}

export interface CommitterDeps extends StateSources {
  readonly events: CommitReads & Pick<EventStore, 'insert'>;
  readonly knownMarks: KnownMarks;
  readonly clock: Clock;
  readonly maxQueueBytes: number;
  readonly useTrees: UseTrees;
  readonly writeTurns: WriteTurns;
  readonly health: Pick<WriteHealth, 'noteStored' | 'noteFailed'>;
  /** Whether anybody but this project reads at present. */
  readonly hasOtherReaders: (share: string) => boolean;
  /** Called for every group. */
  readonly onCommit: (report: CommitReport) => void;
}

export function createCommitter(deps: CommitterDeps): Committer {
  const queue = new WriteQueue({
    maxBytes: deps.maxQueueBytes,
    maxGroupWrites: deps.writeTurns.isShared ? maxSharedWrites : maxGroupWrites,
  });
  let committedEvents = 0;
  let running: Promise<void> | null = null;

  const commitGroup = async (group: readonly Waiting[]): Promise<void> => {
    const start = deps.clock.monotonicMs();
    const report = (eventCount: number | null): void =>
      deps.onCommit({
        ...measure(group),
        eventCount,
        durationMs: deps.clock.monotonicMs() - start,
      });
    try {
      const plan = await commit(
        deps,
        group.flatMap(({ writes }) => writes),
      );
      committedEvents += plan.rows.length;
      moves.note(plan.moved);
      report(plan.rows.length);
      const answersAtOnce = deps.hasOtherReaders(mainShareOf(group)) ? answersOfTurn : Infinity;
      await answer(group, plan.outcomes, { answersAtOnce, nextTurn: deps.clock.nextTurn });
    } catch (error) {
      report(null);
      // One request that the store cannot take must not cost the others theirs.
      if (group.length > 1 && !isForAll(error))
        for (const waiting of group) await commitGroup([waiting]);
      else refuse(group, error, deps.health);
    }
  };

  const enqueue = (waiting: Waiting): void => {
    queue.add(waiting);
    running ??= drain(queue, deps, commitGroup).finally(() => (running = null));
  };
  const moves = createMoveQueue(deps.clock, enqueue);

  return {
    submit: (writes, bytes) =>
      new Promise((resolve, reject) => {
        const since = deps.clock.monotonicMs();
        enqueue({ writes, bytes, share: shareOf(writes), since, resolve, reject });
      }),
    stats: () => ({ ...queue.stats(deps.clock.monotonicMs()), committedEvents }),
    async close() {
      queue.close();
      await running;
    },
  };
}

/** Commits group after group until nothing waits. Who waits alone does not wait longer for others. */
async function drain(
  queue: WriteQueue,
  { clock, hasOtherReaders }: Pick<CommitterDeps, 'clock' | 'hasOtherReaders'>,
  commitGroup: (group: readonly Waiting[]) => Promise<void>,
): Promise<void> {
  for (let group = queue.take(); group.length > 0; group = queue.take()) {
    const start = clock.monotonicMs();
    await commitGroup(group);
    queue.release();
    const tookMs = clock.monotonicMs() - start;
    const callers = group.length + queue.waitingCount;
    if (callers === 1) continue;
    const share = mainShareOf(group);
    if (hasOtherReaders(share))
      await queue.rest(share, clock.sleep(Math.min(maxRestMs, restFactor * tookMs)));
    else await queue.gather(callers, clock.sleep(Math.min(maxGatherMs, tookMs)));
  }
}

/** The project of most requests of a group. */
function mainShareOf(group: readonly Waiting[]): string {
  const counts = new Map<string, number>();
  for (const { share } of group) counts.set(share, (counts.get(share) ?? 0) + 1);
  const [main] = [...counts].toSorted(([, one], [, other]) => other - one);
  return main?.[0] ?? '';
}

/**
 * Whether it is no use to try each request on its own. It would even harm: some of the group may have been stored all
 * the same, and a delete that is tried again would find nothing left.
 */
const isForAll = (error: unknown): boolean => error instanceof StoreUnavailable && error.isForAll;

const measure = (group: readonly Waiting[]): Pick<CommitReport, 'requestCount' | 'bytes'> => ({
  requestCount: group.length,
  bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
});

async function answer(
  group: readonly Waiting[],
  outcomes: readonly WriteOutcome[],
  { answersAtOnce, nextTurn }: Pick<Clock, 'nextTurn'> & { readonly answersAtOnce: number },
): Promise<void> {
  let start = 0;
  for (const [index, { writes, resolve }] of group.entries()) {
    if (index > 0 && index % answersAtOnce === 0) await nextTurn();
    resolve(outcomes.slice(start, start + writes.length));
    start += writes.length;
  }
}

function refuse(
  group: readonly Waiting[],
  error: unknown,
  health: Pick<WriteHealth, 'noteFailed'>,
): void {
  health.noteFailed(error);
  for (const { reject } of group) reject(error);
}

/** {@link commitWrites} in a turn; what fails may have been stored all the same. */
async function commit(deps: CommitterDeps, writes: readonly Write[]): Promise<CommitPlan> {
  const nowMs = deps.clock.monotonicMs();
  const large = deps.useTrees.takeLarge(nowMs);
  const sessionIds = large === null ? [] : [large.sessionId];
  try {
    const plan = await runInTurn(deps.writeTurns, { writes, sessionIds }, async (turn) => {
      await deps.seenIds.catchUp();
      return commitWrites(deps, writes, { turn, large, nowMs });
    });
    if (plan.rows.length > 0) deps.health.noteStored();
    if (plan.release.length > 0) await releasePatches(deps, plan.release);
    return plan;
  } catch (error) {
    forget(deps);
    throw error;
  }
}

/** What was cached meanwhile may not be stored. */
function forget({ knownRoots, knownMarks, useTrees }: CommitterDeps): void {
  knownRoots.clear();
  knownMarks.clear();
  useTrees.clear();
}

interface CommitContext {
  readonly turn: WriteTurn;
  /** A large session whose use is due. */
  readonly large: LargeSession | null;
  readonly nowMs: number;
}

async function commitWrites(
  deps: CommitterDeps,
  writes: readonly Write[],
  { turn, large, nowMs }: CommitContext,
): Promise<CommitPlan> {
  const placed = await placeWrites(deps, writes);
  const state = await readCommitState(deps, placed);
  const planned = await runInTurns(planSteps(placed, state), deps.clock);
  requireSessions(turn, planned.rows);
  const left = state.moves.left.flatMap(({ remainder: { root } }) => root ?? []);
  const known = [...state.heads, ...state.events, ...left];
  const settled = await settleUse(planned.rows, { heads: known, nowMs }, deps);
  const all = [...settled, ...(await settleLargeUse(settled, { session: large, nowMs }, deps))];
  const plan = { ...planned, rows: numberVersions(all, turn.number) };
  // Kept before anything is answered; released only once the rows carry them.
  if (plan.hold.length > 0) await deps.metadata.holdPatches(plan.hold);
  // Before the insert: one that failed may have stored something all the same.
  for (const row of plan.rows) {
    deps.seenIds.add(row.projectId, row.eventId);
    if (isLiveRoot(row)) deps.knownRoots.expect(row.sessionId, toRoot(row));
  }
  if (plan.rows.length > 0) await deps.events.insert(plan.rows);
  note(deps, state, plan);
  return plan;
}

/** Caches what is stored, while nobody else can have written to it. */
function note(deps: CommitterDeps, state: CommitState, plan: CommitPlan): void {
  for (const head of state.heads)
    if (isLiveRoot(head)) deps.knownRoots.add(head.sessionId, toRoot(head));
  for (const head of state.heads.filter(isRoot)) deps.knownMarks.add(head);
  rememberRoots(deps, plan.rows);
  for (const { row } of plan.moved) deps.knownMarks.add(row);
}

/** The rows are stored, even if this fails: a remaining patch belongs to a known id, and expires. */
async function releasePatches(deps: CommitterDeps, sequences: readonly number[]): Promise<void> {
  try {
    await deps.metadata.dropHeldPatches(sequences);
  } catch (error) {
    deps.health.noteFailed(error);
  }
}

const isLiveRoot = ({ eventId, sessionId, isDeleted }: EventHead): boolean =>
  eventId === sessionId && !isDeleted;

const toRoot = ({ projectId, isByOrganisation }: EventHead) => ({ projectId, isByOrganisation });

function rememberRoots(
  { knownRoots, knownMarks }: Pick<CommitterDeps, 'knownRoots' | 'knownMarks'>,
  rows: readonly StoredEvent[],
): void {
  for (const row of rows.filter(isRoot)) {
    knownMarks.add(row);
    if (row.isDeleted) knownRoots.remove(row.sessionId);
    else knownRoots.add(row.sessionId, toRoot(row));
  }
}
