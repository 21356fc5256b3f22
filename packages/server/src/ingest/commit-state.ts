import type { EventStore } from '../domain/event-store.ts';
import type { MetadataStore } from '../domain/metadata-store.ts';
import type { KnownRoots } from './known-roots.ts';
import type { CommitState } from './plan-commit.ts';
import type { Write } from './write.ts';

/** Most events of one session that a delete takes in. */
const maxSessionEvents = 1_000_000;

/** What a group of writes needs to know, in one project. */
interface Wanted {
  readonly projectId: string;
  readonly heads: Set<string>;
  readonly events: Set<string>;
  readonly sessions: Set<string>;
  readonly created: Set<string>;
}

export interface StateSources {
  readonly events: EventStore;
  readonly metadata: MetadataStore;
  readonly knownRoots: KnownRoots;
}

/** Reads what {@link planCommit} has to know of the events that the writes name, project by project. */
export async function readCommitState(
  sources: StateSources,
  writes: readonly Write[],
): Promise<CommitState> {
  const wanted = new Map<string, Wanted>();
  const of = (projectId: string): Wanted => {
    const known = wanted.get(projectId) ?? {
      projectId,
      heads: new Set(),
      events: new Set(),
      sessions: new Set(),
      created: new Set(),
    };
    wanted.set(projectId, known);
    return known;
  };
  for (const write of writes) collect(write, of, sources.knownRoots);
  const hasHeld = (await sources.metadata.countHeldPatches()) > 0;
  const parts = await Promise.all(
    [...wanted.values()].map(async (ids) => ({
      ...(await readEvents(sources.events, ids)),
      heldPatches:
        hasHeld && ids.created.size > 0
          ? await sources.metadata.readHeldPatches(ids.projectId, [...ids.created])
          : [],
    })),
  );
  return {
    heads: parts.flatMap((part) => part.heads),
    events: parts.flatMap((part) => part.events),
    heldPatches: parts.flatMap((part) => part.heldPatches),
    hasRoot: (projectId, sessionId) => sources.knownRoots.has(projectId, sessionId),
  };
}

function collect(write: Write, of: (projectId: string) => Wanted, roots: KnownRoots): void {
  if (write.kind === 'create' || write.kind === 'startSession') {
    const { projectId, eventId, sessionId } = write.event;
    const ids = of(projectId);
    ids.heads.add(eventId);
    ids.created.add(eventId);
    if (write.kind === 'startSession') ids.events.add(eventId);
    if (!roots.has(projectId, sessionId)) {
      ids.heads.add(sessionId);
      // A root that is made for its events takes the patches that came before it, too.
      ids.created.add(sessionId);
    }
    return;
  }
  for (const projectId of write.projectIds) {
    const ids = of(projectId);
    if (write.kind === 'deleteSession') ids.sessions.add(write.sessionId);
    else ids.heads.add(write.eventId);
    if (write.kind === 'patch') ids.events.add(write.eventId);
  }
}

async function readEvents(
  store: EventStore,
  ids: Wanted,
): Promise<Pick<CommitState, 'heads' | 'events'>> {
  const projectIds = [ids.projectId];
  const [heads, events, ...sessions] = await Promise.all([
    ids.heads.size > 0 ? store.readHeads(projectIds, [...ids.heads]) : [],
    ids.events.size > 0 ? store.readEvents(projectIds, [...ids.events]) : [],
    ...[...ids.sessions].map((id) => store.readSession(projectIds, id, maxSessionEvents)),
  ]);
  return { heads: [...heads, ...sessions.flat()], events };
}
