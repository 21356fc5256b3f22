import { LRUCache } from 'lru-cache';
import type { UseTree } from '../domain/use-tree.ts';

/** Of larger sessions no tree is kept: their events count as they are. */
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
}

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
  return {
    get: (projectId, sessionId) => trees.get(keyOf(projectId, sessionId))?.tree,
    keep(projectId, sessionId, tree) {
      const isSmall = tree !== null && tree.size <= maxTreeEvents;
      trees.set(keyOf(projectId, sessionId), { tree: isSmall ? tree : null });
    },
    drop: (projectId, sessionId) => void trees.delete(keyOf(projectId, sessionId)),
    clear: () => trees.clear(),
  };
}
