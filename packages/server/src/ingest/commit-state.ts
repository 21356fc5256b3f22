import type { HeldPatchStore } from '../held-updates/held-patch-store.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { Pricing } from '../domain/pricing.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { HeldRoom } from './held-room.ts';
import { canImprove } from '../domain/made-root.ts';
import type { KnownMarks } from './known-marks.ts';
import type { KnownRoots } from './known-roots.ts';
import { canAdoptRoot } from './adoption.ts';
import { readMoves } from './trace-moves.ts';
import { isSpanWrite } from './place-traces.ts';
import type { PlacedWrites } from './place-traces.ts';
import type { CommitState } from './plan-commit.ts';
import type { SeenIds } from './seen-ids.ts';
import type { WriteTurns } from './write-turns.ts';
import type { Write } from './write.ts';

/** What writes need to know, in some projects. An id that is looked for in one too many does no harm. */
interface Wanted {
  readonly projectIds: Set<string>;
  readonly heads: Set<string>;
  readonly events: Set<string>;
  readonly sessions: Set<string>;
}

/** By their projects; also by the list itself: that of one request may have thousands, and be asked for as often. */
type WantedIds = Map<string | readonly string[], Wanted>;

/** Ids of events that writes make, by project. */
type Created = Map<string, Set<string>>;

/** What a commit reads of the store. */
export type CommitReads = Pick<
  EventStore,
  'readHeads' | 'readEvents' | 'readSessionHeads' | 'readTraces' | 'readRemainder' | 'readUseLinks'
>;

export interface StateSources {
  readonly events: CommitReads;
  readonly metadata: HeldPatchStore;
  readonly knownRoots: KnownRoots;
  /** Heads of roots, too: which spans those were made after. */
  readonly knownMarks: Pick<KnownMarks, 'find'>;
  readonly seenIds: SeenIds;
  readonly pricing: Pick<Pricing, 'of' | 'known'>;
  readonly writeTurns: Pick<WriteTurns, 'isShared'>;
}

/**
 * Reads what {@link planCommit} has to know of the events that the writes name.
 *
 * However many projects they are for, writes that each name one share their queries; so do those that look in all
 * projects of an organisation, of which there may be thousands.
 */
export async function readCommitState(
  sources: StateSources,
  { writes, changes }: PlacedWrites,
): Promise<CommitState> {
  const wanted: WantedIds = new Map();
  const created: Created = new Map();
  for (const write of writes) collect(write, { wanted, created, sources });
  for (const { row, places } of changes)
    if (places.length > 0) collectTarget(row, { wanted, created, sources });
  const held = await sources.metadata.measureHeldPatches();
  const [heldPatches, ...parts] = await Promise.all([
    // Another server may have kept one since they were counted.
    held.all.count === 0 && !sources.writeTurns.isShared
      ? []
      : readHeldPatches(sources.metadata, created),
    ...[...new Set(wanted.values())].map((ids) => readEvents(sources.events, ids)),
  ]);
  const heads = parts.flatMap((part) => part.heads);
  const moves = await readMoves(sources.events, changes);
  const events = [
    ...parts.flatMap((part) => part.events),
    ...(await readKnown(sources, writes, heads)),
  ];
  // Those of events that are made were read with their drafts.
  for (const projectId of new Set(events.map((event) => event.projectId)))
    await sources.pricing.of(projectId);
  return {
    heads,
    moves,
    events,
    heldPatches,
    pricing: sources.pricing,
    heldRoom: new HeldRoom(held),
    hasRoot: (event) =>
      sources.knownRoots.has(event.projectId, event.sessionId, event.isByOrganisation),
  };
}

/** Events that are sent again, and roots that the writes change: rarely any. */
async function readKnown(
  { events, knownMarks }: Pick<StateSources, 'events' | 'knownMarks'>,
  writes: readonly Write[],
  heads: readonly EventHead[],
): Promise<StoredEvent[]> {
  const alive = new Map(
    heads
      .filter(({ isDeleted }) => !isDeleted)
      .map((head) => [`${head.projectId}\n${head.eventId}`, head]),
  );
  const known = new Set<EventHead>();
  for (const write of writes) {
    if (write.kind !== 'create') continue;
    const { projectId, eventId, sessionId } = write.event;
    const head = alive.get(`${projectId}\n${eventId}`);
    if (head) known.add(head);
    const root = alive.get(`${projectId}\n${sessionId}`) ?? knownMarks.find(projectId, sessionId);
    if (root && changesRoot(write, root)) known.add(root);
  }
  if (known.size === 0) return [];
  const projectIds = new Set([...known].map(({ projectId }) => projectId));
  const eventIds = new Set([...known].map(({ eventId }) => eventId));
  return events.readEvents([...projectIds], [...eventIds]);
}

/** Whether an event does more for the root of its session than need it. */
const changesRoot = (
  { event, span }: Extract<Write, { kind: 'create' }>,
  root: EventHead,
): boolean => canAdoptRoot(event, root) || (span !== undefined && canImprove(root, event, span));

interface Collected {
  readonly wanted: WantedIds;
  readonly created: Created;
  readonly sources: StateSources;
}

function collect(write: Write, collected: Collected): void {
  if (write.kind === 'create' || write.kind === 'startSession') {
    collectCreated(write, collected);
    return;
  }
  if (write.kind === 'moveTrace') return;
  const { scope } = write;
  const projectIds = scope.kind === 'project' ? [scope.projectId] : scope.projectIds;
  const ids = wantedIn(collected.wanted, projectIds);
  if (write.kind === 'deleteSession') ids.sessions.add(write.sessionId);
  else ids.heads.add(write.eventId);
  if (write.kind === 'patch' || write.kind === 'reprice') ids.events.add(write.eventId);
}

/** What was certainly never stored has nothing to be read. */
function collectCreated(write: Extract<Write, { event: StoredEvent }>, collected: Collected): void {
  const { kind, event } = write;
  const { wanted, created, sources } = collected;
  const { projectId, eventId } = event;
  const ids = wantedIn(wanted, [projectId]);
  madeIn(created, projectId).add(eventId);
  if (sources.seenIds.mayHold(projectId, eventId)) {
    ids.heads.add(eventId);
    if (kind === 'startSession') ids.events.add(eventId);
  }
  collectRoot(event, collected, isSpanWrite(write));
}

/** The session that a trace is moved to: its root may change with what comes. */
function collectTarget(row: StoredEvent, collected: Collected): void {
  const { wanted, sources } = collected;
  const { projectId, sessionId } = row;
  if (sources.seenIds.mayHold(projectId, sessionId))
    wantedIn(wanted, [projectId]).events.add(sessionId);
  collectRoot(row, collected);
}

/** The events of a session come together: what is to be known of its root is asked once. */
function collectRoot(
  { projectId, sessionId, isByOrganisation }: StoredEvent,
  { wanted, created, sources: { knownRoots, knownMarks, seenIds } }: Collected,
  isSpan = false,
): void {
  const made = madeIn(created, projectId);
  if (made.has(sessionId)) return;
  const isKnown = knownRoots.has(projectId, sessionId, isByOrganisation);
  if (isKnown && (!isSpan || knownMarks.find(projectId, sessionId))) return;
  if (seenIds.mayHold(projectId, sessionId)) wantedIn(wanted, [projectId]).heads.add(sessionId);
  // A root that is made for its events takes the patches that came before it, too.
  made.add(sessionId);
}

function madeIn(created: Created, projectId: string): Set<string> {
  const made = created.get(projectId) ?? new Set();
  created.set(projectId, made);
  return made;
}

function wantedIn(wanted: WantedIds, projectIds: readonly string[]): Wanted {
  const known = wanted.get(projectIds);
  if (known) return known;
  const place = projectIds.length === 1 ? 'one' : projectIds.join('\n');
  const ids = wanted.get(place) ?? {
    projectIds: new Set(),
    heads: new Set(),
    events: new Set(),
    sessions: new Set(),
  };
  wanted.set(place, ids);
  if (projectIds.length > 1) wanted.set(projectIds, ids);
  for (const projectId of projectIds) ids.projectIds.add(projectId);
  return ids;
}

/** Only events that are made now take patches. */
async function readHeldPatches(
  metadata: HeldPatchStore,
  created: Created,
): Promise<CommitState['heldPatches']> {
  const parts = [...created].map(([projectId, ids]) =>
    metadata.readHeldPatches(projectId, [...ids]),
  );
  return (await Promise.all(parts)).flat();
}

async function readEvents(
  store: CommitReads,
  ids: Wanted,
): Promise<Pick<CommitState, 'heads' | 'events'>> {
  const projectIds = [...ids.projectIds];
  if (projectIds.length === 0) return { heads: [], events: [] };
  const [heads, events, sessions] = await Promise.all([
    ids.heads.size > 0 ? store.readHeads(projectIds, [...ids.heads]) : [],
    ids.events.size > 0 ? store.readEvents(projectIds, [...ids.events]) : [],
    ids.sessions.size > 0 ? store.readSessionHeads(projectIds, [...ids.sessions]) : [],
  ]);
  return { heads: [...heads, ...sessions], events };
}
