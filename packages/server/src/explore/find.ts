import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { findRoot } from './session-root.ts';

const maxHits = 1_000;

export const exploreFind: Handler<'exploreFind', ExploreServices> = async (call, services) => {
  const { project, text } = call.body;
  const { projectId, sessionId } = await findRoot(
    { ...call, query: project === undefined ? {} : { project } },
    services,
  );
  const hits = await services.events.explore.findInSession(
    { projectId, sessionId, text, limit: maxHits + 1 },
    call.signal,
  );
  return {
    hits: hits.slice(0, maxHits).map(({ eventId, ...hit }) => ({ event_id: eventId, ...hit })),
    truncated: hits.length > maxHits,
  };
};
