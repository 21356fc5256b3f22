import type { Call } from '../calls/handler.ts';
import { findPlace } from '../projects/home-project.ts';
import type { PlaceServices } from '../projects/home-project.ts';

/** The project in which the session of the path is read. */
export const findSessionPlace = (
  call: Pick<Call<'getSession'>, 'access' | 'params' | 'query'>,
  services: PlaceServices,
): Promise<string> =>
  findPlace(call.access, services, {
    what: 'session',
    id: call.params.session_id,
    named: call.query.project,
  });
