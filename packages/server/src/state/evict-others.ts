import type { OtherWritesListener } from '../domain/other-writes.ts';
import type { SharedState } from './shared-state.ts';

/** Evicts what is cached of sessions and traces that other servers write to. */
export const evictOthers = ({
  knownRoots,
  knownMarks,
  useTrees,
}: Pick<SharedState, 'knownRoots' | 'knownMarks' | 'useTrees'>): OtherWritesListener => ({
  rows(rows) {
    for (const { projectId, sessionId, eventId } of rows) {
      knownRoots.remove(sessionId);
      knownMarks.remove(projectId, eventId);
      useTrees.drop(projectId, sessionId);
    }
  },
  all() {
    for (const cache of [knownRoots, knownMarks, useTrees]) cache.clear();
  },
});
