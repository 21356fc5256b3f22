import { UseTree } from '../domain/use-tree.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { nextVersions } from './settle-use.ts';
import type { UseSources } from './settle-use.ts';
import type { LargeSession } from './use-trees.ts';

/** Of larger sessions, sums count what comes as it is: reading one would hold up the writer for seconds. */
export const maxSettledEvents = 250_000;
/** Versions that one commit stores with it; the others follow with the next one. */
const maxChanged = 1_000;

/**
 * New versions of stored events of a large session that was written to some time ago: sessions without a tree are read
 * as a whole, one with a commit, so that their sums are right again about a minute after a write.
 *
 * @param session the one that is due
 * @param rows the rows of the commit: events among them are left for the next time
 */
export async function settleLargeUse(
  rows: readonly StoredEvent[],
  { session, nowMs }: { readonly session: LargeSession | null; readonly nowMs: number },
  { events, useTrees }: UseSources,
): Promise<StoredEvent[]> {
  if (session === null) return [];
  const { projectId, sessionId } = session;
  const tree = new UseTree(sessionId);
  for (const link of await events.readUseLinks([projectId], [sessionId], maxSettledEvents))
    tree.load(link, link.repeatedUse);
  if (tree.size > maxSettledEvents) return [];
  const written = new Set(rows.map(({ eventId }) => eventId));
  const changed = [...tree.settle()].filter(([eventId]) => !written.has(eventId));
  if (changed.length > maxChanged) useTrees.noteLarge(projectId, sessionId, nowMs);
  return nextVersions(projectId, new Map(changed.slice(0, maxChanged)), events);
}
