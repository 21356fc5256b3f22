import type { Clock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { MetadataStore } from '../domain/metadata-store.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { KnownRoots } from './known-roots.ts';
import { planCommit } from './plan-commit.ts';
import type { CommitPlan, CommitState } from './plan-commit.ts';
import type { Write, WriteOutcome } from './write.ts';

/** Largest number of writes in one group; keeps the reads before the insert bounded. */
const maxGroupWrites = 20_000;
/** Events of one session that a delete reads at a time. */
const maxSessionEvents = 1_000_000;

/** How the queue of waiting requests stands. */
export interface CommitterStats {
  readonly requests: number;
  readonly bytes: number;
  readonly maxBytes: number;
  /** How long the oldest waiting request has waited, milliseconds; 0 when none waits. */
  readonly oldestMs: number;
  readonly committedEvents: number;
  readonly refusedRequests: number;
}

/** The only writer of the event store: what arrives while one insert is in flight forms the next. */
export interface Committer {
  /**
   * Resolves when the writes are stored, with one outcome for each.
   *
   * @param bytes size of the request, for the bound of the queue
   * @throws {StoreUnavailable} at once when the queue is full or closed; when the insert failed
   */
  submit(writes: readonly Write[], bytes: number): Promise<WriteOutcome[]>;
  stats(): CommitterStats;
  /** Refuses new writes and resolves when those accepted before are answered. */
  close(): Promise<void>;
}

export interface CommitterDeps {
  readonly events: EventStore;
  readonly metadata: MetadataStore;
  readonly knownRoots: KnownRoots;
  readonly clock: Clock;
  readonly maxQueueBytes: number;
}

interface Waiting {
  readonly writes: readonly Write[];
  readonly bytes: number;
  readonly since: number;
  readonly resolve: (outcomes: WriteOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

export function createCommitter(deps: CommitterDeps): Committer {
  const queue: Waiting[] = [];
  let inFlight: readonly Waiting[] = [];
  let bytes = 0;
  let committedEvents = 0;
  let refusedRequests = 0;
  let isClosed = false;
  let running: Promise<void> | null = null;

  const refuse = (message: string): never => {
    refusedRequests += 1;
    throw new StoreUnavailable(message);
  };

  const takeGroup = (): Waiting[] => {
    let count = 0;
    const end = queue.findIndex((waiting, index) => {
      count += waiting.writes.length;
      return index > 0 && count > maxGroupWrites;
    });
    return queue.splice(0, end === -1 ? queue.length : end);
  };

  const commitGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const writes = group.flatMap((waiting) => waiting.writes);
      const plan = await commit(deps, writes);
      committedEvents += plan.rows.length;
      let start = 0;
      for (const waiting of group) {
        waiting.resolve(plan.outcomes.slice(start, start + waiting.writes.length));
        start += waiting.writes.length;
      }
    } catch (error) {
      // One request that the store cannot take must not cost the others theirs.
      if (group.length > 1) for (const waiting of group) await commitGroup([waiting]);
      else group[0]?.reject(error);
    }
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = takeGroup();
      inFlight = group;
      await commitGroup(group);
      inFlight = [];
      for (const waiting of group) bytes -= waiting.bytes;
    }
    running = null;
  };

  return {
    async submit(writes, size) {
      if (writes.length === 0) return [];
      if (isClosed) refuse('The service is shutting down.');
      if (bytes > 0 && bytes + size > deps.maxQueueBytes) {
        refuse(
          `The write queue is full: ${bytes} of ${deps.maxQueueBytes} bytes wait to be stored.`,
        );
      }
      bytes += size;
      return new Promise<WriteOutcome[]>((resolve, reject) => {
        queue.push({ writes, bytes: size, since: deps.clock.monotonicMs(), resolve, reject });
        running ??= run();
      });
    },
    stats() {
      const oldest = inFlight[0] ?? queue[0];
      return {
        requests: queue.length + inFlight.length,
        bytes,
        maxBytes: deps.maxQueueBytes,
        oldestMs: oldest ? deps.clock.monotonicMs() - oldest.since : 0,
        committedEvents,
        refusedRequests,
      };
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
}

async function commit(deps: CommitterDeps, writes: readonly Write[]): Promise<CommitPlan> {
  const plan = planCommit(writes, await readState(deps, writes));
  // Kept before anything is answered; released only once the rows carry them.
  if (plan.hold.length > 0) await deps.metadata.holdPatches(plan.hold);
  if (plan.rows.length > 0) await deps.events.insert(plan.rows);
  if (plan.release.length > 0) await deps.metadata.dropHeldPatches(plan.release);
  rememberRoots(deps.knownRoots, plan.rows);
  return plan;
}

function rememberRoots(roots: KnownRoots, rows: readonly StoredEvent[]): void {
  for (const row of rows) {
    if (row.eventId !== row.sessionId) continue;
    if (row.isDeleted) roots.remove(row.projectId, row.sessionId);
    else roots.add(row.projectId, row.sessionId);
  }
}

/** What a group of writes needs to know, by project. */
interface Wanted {
  readonly heads: Set<string>;
  readonly events: Set<string>;
  readonly sessions: Set<string>;
  readonly created: Set<string>;
}

async function readState(deps: CommitterDeps, writes: readonly Write[]): Promise<CommitState> {
  const wanted = new Map<string, Wanted>();
  const of = (projectId: string): Wanted => {
    const known = wanted.get(projectId);
    if (known) return known;
    const fresh = {
      heads: new Set<string>(),
      events: new Set<string>(),
      sessions: new Set<string>(),
      created: new Set<string>(),
    };
    wanted.set(projectId, fresh);
    return fresh;
  };
  for (const write of writes) collect(write, of, deps.knownRoots);
  const hasHeld = (await deps.metadata.countHeldPatches()) > 0;
  const parts = await Promise.all(
    [...wanted].map(([projectId, ids]) => readProject(deps, projectId, ids, hasHeld)),
  );
  return {
    heads: parts.flatMap((part) => part.heads),
    events: parts.flatMap((part) => part.events),
    heldPatches: parts.flatMap((part) => part.heldPatches),
    hasRoot: (projectId, sessionId) => deps.knownRoots.has(projectId, sessionId),
  };
}

function collect(write: Write, of: (projectId: string) => Wanted, roots: KnownRoots): void {
  if (write.kind === 'create' || write.kind === 'startSession') {
    const { projectId, eventId, sessionId } = write.event;
    const ids = of(projectId);
    ids.heads.add(eventId);
    ids.created.add(eventId);
    if (write.kind === 'startSession') ids.events.add(eventId);
    if (!roots.has(projectId, sessionId)) ids.heads.add(sessionId);
    return;
  }
  for (const projectId of write.projectIds) {
    const ids = of(projectId);
    if (write.kind === 'deleteSession') ids.sessions.add(write.sessionId);
    else ids.heads.add(write.eventId);
    if (write.kind === 'patch') ids.events.add(write.eventId);
  }
}

async function readProject(deps: CommitterDeps, projectId: string, ids: Wanted, hasHeld: boolean) {
  const [heads, events, heldPatches, ...sessions] = await Promise.all([
    ids.heads.size > 0 ? deps.events.readHeads([projectId], [...ids.heads]) : [],
    ids.events.size > 0 ? deps.events.readEvents([projectId], [...ids.events]) : [],
    hasHeld && ids.created.size > 0
      ? deps.metadata.readHeldPatches(projectId, [...ids.created])
      : [],
    ...[...ids.sessions].map((sessionId) =>
      deps.events.readSession([projectId], sessionId, maxSessionEvents),
    ),
  ]);
  return { heads: [...heads, ...sessions.flat()], events, heldPatches };
}
