import type { Call } from '../calls/handler.ts';
import type { EventReads } from '../domain/event-store.ts';
import type { LightEvent } from '../domain/explore-store.ts';
import { notFound } from '../domain/problem.ts';
import type { PlaceServices } from '../projects/home-project.ts';
import { findSessionPlace } from '../sessions/session-place.ts';

export interface RootServices extends PlaceServices {
  readonly events: PlaceServices['events'] & Pick<EventReads, 'explore'>;
}

/** The root of the session of a request. @throws {Problem} if the key can see no such session */
export async function findRoot(
  call: Pick<Call<'exploreSkeleton'>, 'access' | 'params' | 'query'>,
  services: RootServices,
): Promise<LightEvent> {
  const sessionId = call.params.session_id;
  const projectId = await findSessionPlace(call, services);
  const [root] = await services.events.explore.readRoots({ projectIds: [projectId], sessionId });
  if (!root) throw notFound('session', sessionId);
  return root;
}
