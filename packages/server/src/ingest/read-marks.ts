import { StoreUnavailable } from '../domain/event-store.ts';
import type { EventReads } from '../domain/event-store.ts';
import type { EventHead } from '../domain/stored-event.ts';
import type { KnownMarks } from './known-marks.ts';
import { placeTraces, traceOf } from './place-traces.ts';
import type { PlacedWrites } from './place-traces.ts';
import { maxProofs } from './seen-ids.ts';
import type { SeenIds } from './seen-ids.ts';
import type { Write } from './write.ts';

export interface MarkSources {
  readonly events: Pick<EventReads, 'readHeads'>;
  readonly knownMarks: KnownMarks;
  readonly seenIds: Pick<SeenIds, 'catchUp' | 'mayHold'>;
}

/** A trace in a project. */
interface MarkPlace {
  readonly projectId: string;
  readonly markId: string;
}

/** Caches the marks that are stored. What was certainly never stored is not looked up. */
async function readMarks(
  { events, knownMarks, seenIds }: MarkSources,
  places: Iterable<MarkPlace>,
): Promise<void> {
  const projectIds = new Set<string>();
  const markIds = new Set<string>();
  for (const { projectId, markId } of places) {
    if (knownMarks.find(projectId, markId) || !seenIds.mayHold(projectId, markId)) continue;
    projectIds.add(projectId);
    markIds.add(markId);
  }
  if (markIds.size === 0) return;
  await readHeads({ events, knownMarks }, [...projectIds], [...markIds]);
}

/** Caches the heads of marks. */
async function readHeads(
  { events, knownMarks }: Pick<MarkSources, 'events' | 'knownMarks'>,
  projectIds: readonly string[],
  markIds: readonly string[],
): Promise<EventHead[]> {
  const { epoch } = knownMarks;
  const heads = await events.readHeads(projectIds, markIds);
  for (const head of heads) knownMarks.add(head, epoch);
  return heads;
}

/**
 * The marks that one of the projects has; none while the store is away: the commit, or a replay of the spool, reads
 * them again.
 */
export async function findMarks(
  sources: MarkSources,
  projectIds: readonly string[],
  markIds: readonly string[],
): Promise<EventHead[]> {
  try {
    return await findStored(sources, projectIds, markIds);
  } catch (error) {
    if (error instanceof StoreUnavailable && error.isForAll) return [];
    throw error;
  }
}

async function findStored(
  sources: MarkSources,
  projectIds: readonly string[],
  markIds: readonly string[],
): Promise<EventHead[]> {
  await sources.seenIds.catchUp();
  if (projectIds.length * markIds.length > maxProofs)
    return readHeads(sources, projectIds, markIds);
  const places = markIds.flatMap((markId) =>
    projectIds.map((projectId) => ({ projectId, markId })),
  );
  await readMarks(sources, places);
  return places.flatMap(
    ({ projectId, markId }) => sources.knownMarks.find(projectId, markId) ?? [],
  );
}

/** The writes, with spans in the sessions of their traces. */
export async function placeWrites(
  sources: MarkSources,
  writes: readonly Write[],
): Promise<PlacedWrites> {
  const places = new Map<string, MarkPlace>();
  for (const write of writes) {
    const of = traceOf(write);
    if (of === null) continue;
    const { projectId, trace } = of;
    places.set(`${projectId}\n${trace.mark}`, { projectId, markId: trace.mark });
  }
  await readMarks(sources, places.values());
  return placeTraces(writes, {
    findMark: sources.knownMarks.find,
    mayHold: (projectId, sessionId) => sources.seenIds.mayHold(projectId, sessionId),
  });
}
