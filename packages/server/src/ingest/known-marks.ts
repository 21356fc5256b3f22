import { LRUCache } from 'lru-cache';
import { EvictionLog } from './eviction-log.ts';
import type { EventHead } from '../domain/stored-event.ts';

/**
 * Latest versions of marks of traces and of roots of sessions, by project and id; bounded, the one used longest ago is
 * evicted first.
 */
export interface KnownMarks {
  find(projectId: string, markId: string): EventHead | undefined;
  /**
   * An earlier version than the cached one changes nothing: it was read before that was written.
   *
   * @param readAt the {@link epoch} before it was read: what was evicted since is discarded. @default nothing is
   */
  add(head: EventHead, readAt?: number): void;
  /** Evicts the mark: the store decides. */
  remove(projectId: string, markId: string): void;
  clear(): void;
  /** Changes with every eviction. */
  readonly epoch: number;
}

/** @param capacity maximum number of marks; about 400 bytes each */
export function createKnownMarks(capacity: number): KnownMarks {
  const marks = new LRUCache<string, EventHead>({ max: capacity });
  const evicted = new EvictionLog();
  const keyOf = (projectId: string, markId: string): string => `${projectId}\n${markId}`;
  return {
    find: (projectId, markId) => marks.get(keyOf(projectId, markId)),
    add({ projectId, sessionId, eventId, version, isDeleted, startTime, ...more }, readAt) {
      const key = keyOf(projectId, eventId);
      if (readAt !== undefined && evicted.hasSince(key, readAt)) return;
      if ((marks.get(key)?.version ?? -1) >= version) return;
      // Of a row, what it has beside its head would be held, too.
      const { isByOrganisation, origin } = more;
      const place = { projectId, sessionId, eventId, version, isDeleted, startTime };
      marks.set(key, { ...place, isByOrganisation, origin });
    },
    remove: (projectId, markId) => evicted.evict(keyOf(projectId, markId), marks),
    clear: () => evicted.evictAll(marks),
    get epoch() {
      return evicted.now;
    },
  };
}
