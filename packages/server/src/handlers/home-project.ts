import type { Access } from './access.ts';
import type { Services } from './handler.ts';

/** What an event says of where it belongs. */
export interface HomeHints {
  readonly named: string | null | undefined;
  readonly sessionId: string | null | undefined;
}

/**
 * Id of the project that an event goes to: that of the key, the one named, or, for a key of the organisation that
 * names none, the one its session is in. Without any of them it is the default project.
 */
export async function findHome(
  access: Access,
  services: Services,
  { named, sessionId }: HomeHints,
): Promise<string> {
  if (access.key.projectId !== null || named || !sessionId)
    return (await access.forWrite(named)).id;
  const remembered = services.knownRoots.projectOf(sessionId);
  if (remembered !== null) return remembered;
  const [head] = await services.events.readHeads(await access.forLookup(null), [sessionId]);
  return head?.projectId ?? (await access.forWrite(null)).id;
}
