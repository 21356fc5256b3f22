import { readExpiry } from '../domain/retention.ts';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';

const nothing = { sessionCount: 0, eventCount: 0, payloadBytes: 0 };

export const exploreRetention: Handler<'exploreRetention', ExploreServices> = async (
  call,
  { events, clock, metadata },
) => {
  const { project, ...tried } = call.body;
  const { id: projectId } = await call.access.forList(project);
  const { settings } = await metadata.readSettings(projectId);
  const now = clock.now();
  const before = readExpiry({ ...settings, ...tried }, now);
  const emptiedBefore = readExpiry({ ...settings, ...tried }, now, 'payload_retention_days');
  const [expired, emptied] = await Promise.all([
    events.explore.readExpired({ projectId, before: before ?? 0 }, call.signal),
    emptiedBefore === null
      ? nothing
      : events.explore.readEmptiable(
          { projectId, before: emptiedBefore, notBefore: before },
          call.signal,
        ),
  ]);
  return {
    before,
    sessions: expired.sessionCount,
    events: expired.eventCount,
    bytes: expired.payloadBytes,
    oldest: expired.oldest,
    payloads: { before: emptiedBefore, events: emptied.eventCount, bytes: emptied.payloadBytes },
  };
};
