import { UseTree } from '../domain/use-tree.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { nextVersions } from './settle-use.ts';
import type { UseSources } from './settle-use.ts';
import { maxTreeEvents } from './use-trees.ts';

/** Sessions that are looked at together. */
const maxSessions = 500;

/**
 * New versions of stored events that repeat something else than is stored with them: for what came into the store
 * without its sessions, as by an import ([ADR 28](../../../../docs/adr/0028-use-counts-once.md)).
 */
export async function* settleStoredUse(
  events: UseSources['events'],
  projectId: string,
  sessionIds: readonly string[],
): AsyncGenerator<StoredEvent[]> {
  for (let start = 0; start < sessionIds.length; start += maxSessions) {
    const ids = sessionIds.slice(start, start + maxSessions);
    const changed = await findChanged(events, projectId, ids);
    if (changed.size > 0) yield await nextVersions(projectId, changed, events);
  }
}

async function findChanged(
  events: UseSources['events'],
  projectId: string,
  sessionIds: readonly string[],
): Promise<Map<string, number>> {
  const trees = new Map<string, UseTree>();
  for (const link of await events.readUseLinks([projectId], sessionIds, maxTreeEvents)) {
    const tree = trees.get(link.sessionId) ?? new UseTree(link.sessionId);
    trees.set(link.sessionId, tree);
    tree.load(link, link.repeatedUse);
  }
  const whole = [...trees.values()].filter(({ size }) => size <= maxTreeEvents);
  return new Map(whole.flatMap((tree) => [...tree.settle()]));
}
