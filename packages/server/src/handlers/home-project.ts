import type { Access } from './access.ts';
import type { Services } from './handler.ts';

/** Places where a session may be that are ruled out one by one, at about 2 µs each; more are left to the store. */
const maxProofs = 1000;

/** What an event says of where it belongs. */
export interface HomeHints {
  /** Project that the request names. */
  readonly named: string | null | undefined;
  readonly sessionId: string | null | undefined;
}

/**
 * Ids of the projects that events go to, one for each: that of the key, the one named, or, for a key of the
 * organisation that names none, the one the session is in. Without any of them it is the default project.
 */
export async function findHomes(
  access: Access,
  services: Services,
  hints: readonly HomeHints[],
): Promise<string[]> {
  const bySession = await readSessionHomes(access, services, hints);
  const homes: string[] = [];
  for (const { named, sessionId } of hints) {
    const home = named ? undefined : bySession.get(sessionId ?? '');
    homes.push(home ?? (await access.forWrite(named)).id);
  }
  return homes;
}

/** The projects of sessions that nothing else says; one read for all of them. */
async function readSessionHomes(
  access: Access,
  services: Services,
  hints: readonly HomeHints[],
): Promise<Map<string, string>> {
  const homes = new Map<string, string>();
  if (access.key.projectId !== null) return homes;
  const unknown = new Set<string>();
  for (const { named, sessionId } of hints) {
    if (named || !sessionId) continue;
    const remembered = services.knownRoots.projectOf(sessionId);
    if (remembered === null) unknown.add(sessionId);
    else homes.set(sessionId, remembered);
  }
  if (unknown.size === 0) return homes;
  const projectIds = await access.forLookup(null);
  const stored = leaveOutNew(services, projectIds, [...unknown]);
  if (stored.length === 0) return homes;
  const heads = await services.events.readHeads(projectIds, stored);
  for (const head of heads) homes.set(head.eventId, head.projectId);
  return homes;
}

/** Without the sessions that are certainly in none of the projects: most that nobody remembers are new. */
function leaveOutNew(
  { seenIds }: Services,
  projectIds: readonly string[],
  sessionIds: readonly string[],
): readonly string[] {
  if (projectIds.length * sessionIds.length > maxProofs) return sessionIds;
  return sessionIds.filter((sessionId) =>
    projectIds.some((projectId) => seenIds.mayHold(projectId, sessionId)),
  );
}
