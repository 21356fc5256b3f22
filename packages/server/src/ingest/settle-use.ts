import { usedBy, UseTree } from '../domain/use-tree.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { maxTreeEvents } from './use-trees.ts';
import type { UseTrees } from './use-trees.ts';

export interface UseSources {
  readonly events: Pick<EventStore, 'readUseLinks' | 'readEvents'>;
  readonly useTrees: UseTrees;
}

/** The rows of a commit in one session. */
interface SessionRows {
  readonly projectId: string;
  readonly sessionId: string;
  readonly rows: StoredEvent[];
}

/**
 * The rows of a commit with what each repeats, and new versions of stored events of which that changes: use counts once
 * on each way from the root, in whatever order events come ([ADR 28](../../../../docs/adr/0028-use-counts-once.md)).
 *
 * @param known `heads`: what was read of the ids that the commit names: of a new session, nothing
 */
export async function settleUse(
  rows: readonly StoredEvent[],
  { heads, nowMs }: { readonly heads: readonly EventHead[]; readonly nowMs: number },
  sources: UseSources,
): Promise<StoredEvent[]> {
  const sessions = groupBySession(rows);
  await loadTrees(sessions, heads, sources);
  const settled = new Map<StoredEvent, StoredEvent>();
  const changed = new Map<string, Map<string, number>>();
  for (const session of sessions) {
    const ofProject = changed.get(session.projectId) ?? new Map<string, number>();
    changed.set(session.projectId, ofProject);
    const { projectId, sessionId } = session;
    if (sources.useTrees.get(projectId, sessionId) === null)
      sources.useTrees.noteLarge(projectId, sessionId, nowMs);
    for (const [eventId, use] of settleSession(session, sources.useTrees, settled))
      ofProject.set(eventId, use);
  }
  const others = await Promise.all(
    [...changed].map(([projectId, uses]) => nextVersions(projectId, uses, sources.events)),
  );
  return [...rows.map((row) => settled.get(row) ?? row), ...others.flat()];
}

/** Stored events with what they repeat now. */
export async function nextVersions(
  projectId: string,
  uses: ReadonlyMap<string, number>,
  events: Pick<EventStore, 'readEvents'>,
): Promise<StoredEvent[]> {
  if (uses.size === 0) return [];
  const found = await events.readEvents([projectId], [...uses.keys()]);
  return found.map((event) => ({
    ...event,
    version: event.version + 1,
    repeatedUse: uses.get(event.eventId) ?? event.repeatedUse,
  }));
}

const keyOf = (projectId: string, id: string): string => `${projectId}\n${id}`;

function groupBySession(rows: readonly StoredEvent[]): SessionRows[] {
  const sessions = new Map<string, SessionRows>();
  let last: SessionRows | undefined;
  for (const row of rows) {
    const { projectId, sessionId } = row;
    if (last?.sessionId !== sessionId || last.projectId !== projectId) {
      const key = keyOf(projectId, sessionId);
      last = sessions.get(key) ?? { projectId, sessionId, rows: [] };
      sessions.set(key, last);
    }
    last.rows.push(row);
  }
  return [...sessions.values()];
}

/** Sessions that begin with these rows have nothing to be read. */
async function loadTrees(
  sessions: readonly SessionRows[],
  heads: readonly EventHead[],
  { events, useTrees }: UseSources,
): Promise<void> {
  const isMissing = ({ projectId, sessionId }: SessionRows): boolean =>
    useTrees.get(projectId, sessionId) === undefined;
  const missing = sessions.filter(isMissing);
  if (missing.length === 0) return;
  const known = new Set(heads.map(({ projectId, eventId }) => keyOf(projectId, eventId)));
  const isNew = ({ projectId, sessionId, rows }: SessionRows): boolean =>
    !known.has(keyOf(projectId, sessionId)) &&
    rows.some(({ eventId, isDeleted }) => eventId === sessionId && !isDeleted);
  const trees = new Map(
    missing.map(({ projectId, sessionId }) => [
      keyOf(projectId, sessionId),
      new UseTree(sessionId),
    ]),
  );
  const unread = missing.filter((session) => !isNew(session));
  for (const projectId of new Set(unread.map((session) => session.projectId))) {
    const ofProject = unread.filter((session) => session.projectId === projectId);
    const ids = ofProject.map(({ sessionId }) => sessionId);
    for (const link of await events.readUseLinks([projectId], ids, maxTreeEvents))
      trees.get(keyOf(projectId, link.sessionId))?.load(link, link.repeatedUse);
  }
  for (const { projectId, sessionId } of missing)
    useTrees.keep(projectId, sessionId, trees.get(keyOf(projectId, sessionId)) ?? null);
}

/** Adds the rows to their tree. What it returns changes of other events. */
function settleSession(
  { projectId, sessionId, rows }: SessionRows,
  useTrees: UseTrees,
  settled: Map<StoredEvent, StoredEvent>,
): Map<string, number> {
  const tree = useTrees.get(projectId, sessionId);
  if (!tree) return new Map();
  for (const row of rows) {
    if (row.isDeleted) tree.remove(row.eventId);
    else tree.put({ eventId: row.eventId, parentId: row.parentId, used: usedBy(row) });
  }
  const changed = new Map(tree.settle());
  for (const row of rows) {
    changed.delete(row.eventId);
    const repeatedUse = tree.repeatedOf(row.eventId);
    if (!row.isDeleted && row.repeatedUse !== repeatedUse)
      settled.set(row, { ...row, repeatedUse });
  }
  useTrees.keep(projectId, sessionId, tree);
  return changed;
}
