import { readExpiry } from '../domain/retention.ts';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';

export const exploreRetention: Handler<'exploreRetention', ExploreServices> = async (
  call,
  { events, clock },
) => {
  const { retention_days, project } = call.body;
  const { id: projectId } = await call.access.forList(project);
  const before = readExpiry({ retention_days }, clock.now()) ?? 0;
  const expired = await events.explore.readExpired({ projectId, before }, call.signal);
  return {
    before,
    sessions: expired.sessionCount,
    events: expired.eventCount,
    bytes: expired.payloadBytes,
    oldest: expired.oldest,
  };
};
