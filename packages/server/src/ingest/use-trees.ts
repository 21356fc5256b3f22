import { LRUCache } from 'lru-cache';
import type { UseTree } from '../domain/use-tree.ts';

/** Of larger sessions no tree is kept: their events count as they are until all of them are read again. */
export const maxTreeEvents = 50_000;

/** The trees of the sessions that were written to most recently; bounded by the number of their events. */
export interface UseTrees {
  /** null: the session is too large; undefined: not cached. */
  get(projectId: string, sessionId: string): UseTree | null | undefined;
  /** Caches it, or counts its events again. */
  keep(projectId: string, sessionId: string, tree: UseTree | null): void;
  /** The store decides the next time. */
  drop(projectId: string, sessionId: string): void;
  clear(): void;
  /** A session without a tree is written to: its sums may be wrong. */
  noteLarge(projectId: string, sessionId: string, nowMs: number): void;
  /** Such a session that was noted long ago enough, once; null without one. */
  takeLarge(nowMs: number): LargeSession | null;
}

export interface LargeSession {
  readonly projectId: string;
  readonly sessionId: string;
}

/** From a write to a large session until all of it is read, milliseconds. */
const largeDelayMs = 60_000;
/** Large sessions noted at most. */
const maxLarge = 1_000;

interface Kept {
  readonly tree: UseTree | null;
}

const keyOf = (projectId: string, sessionId: string): string => `${projectId}\n${sessionId}`;

/** @param capacity events of all trees; about 250 bytes each */
export function createUseTrees(capacity: number): UseTrees {
  const trees = new LRUCache<string, Kept>({
    maxSize: capacity,
    sizeCalculation: ({ tree }) => (tree?.size ?? 0) + 1,
  });
  /** Those noted first come first. */
  const large = new Map<string, LargeSession & { readonly atMs: number }>();
  return {
    noteLarge(projectId, sessionId, nowMs) {
      const key = keyOf(projectId, sessionId);
      if (large.size < maxLarge && !large.has(key))
        large.set(key, { projectId, sessionId, atMs: nowMs });
    },
    takeLarge(nowMs) {
      const [first] = large;
      if (first === undefined || nowMs - first[1].atMs < largeDelayMs) return null;
      large.delete(first[0]);
      return first[1];
    },
    get: (projectId, sessionId) => trees.get(keyOf(projectId, sessionId))?.tree,
    keep(projectId, sessionId, tree) {
      const isSmall = tree !== null && tree.size <= maxTreeEvents;
      trees.set(keyOf(projectId, sessionId), { tree: isSmall ? tree : null });
    },
    drop: (projectId, sessionId) => void trees.delete(keyOf(projectId, sessionId)),
    clear: () => trees.clear(),
  };
}
