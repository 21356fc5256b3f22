// The events of a small set in memory, as plainly as possible: what the service answers is held against it.
import { makeInserts } from './traffic.mjs';

const byNewest = (a, b) => b.startTime - a.startTime || (a.eventId < b.eventId ? -1 : 1);

export function createModel(set) {
  const latest = new Map();
  for (const { events, updates } of makeInserts(set))
    for (const event of [...events, ...updates]) latest.set(event.eventId, event);
  const [mainProject] = set.projectIds;
  const sorted = [...latest.values()]
    .filter(({ projectId }) => projectId === mainProject)
    .toSorted(byNewest);
  const countOf = (projectId) => {
    const events = [...latest.values()].filter((event) => event.projectId === projectId);
    const sessions = events.filter(({ eventId, sessionId }) => eventId === sessionId).length;
    return [events.length - sessions, sessions];
  };
  return {
    find: (eventId) => latest.get(eventId),
    /** Events of the first project that fit, newest first. */
    list: (keep) => sorted.filter(keep),
    counts: () => ({ support: countOf(set.projectIds[0]), search: countOf(set.projectIds[1]) }),
  };
}
