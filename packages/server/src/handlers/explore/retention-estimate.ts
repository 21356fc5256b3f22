import { readExpiry } from '../../domain/retention.ts';
import type { Handler } from '../handler.ts';

export const exploreRetention: Handler<'exploreRetention'> = async (call, { events, clock }) => {
  const { retention_days, project } = call.body;
  const { id: projectId } = await call.access.forList(project);
  const before = readExpiry({ retention_days }, clock.now()) ?? 0;
  const [expired, { rowCount, diskBytes }] = await Promise.all([
    events.explore.readExpired({ projectId, before }, call.signal),
    events.readStats(),
  ]);
  return {
    before,
    sessions: expired.sessionCount,
    events: expired.eventCount,
    bytes: Math.round((diskBytes * expired.rowCount) / Math.max(1, rowCount)),
    oldest: expired.oldest,
  };
};
