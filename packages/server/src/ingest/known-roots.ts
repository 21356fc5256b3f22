/** Which sessions were seen to have a root, most recent first out last; bounded. */
export interface KnownRoots {
  has(projectId: string, sessionId: string): boolean;
  /** The root is stored. */
  add(projectId: string, sessionId: string): void;
  /** The session is about to be stored: from now on it is known where it belongs, not that its root is there. */
  expect(projectId: string, sessionId: string): void;
  remove(projectId: string, sessionId: string): void;
  clear(): void;
  /** The project in which a session was last seen; null when it is not remembered. */
  projectOf(sessionId: string): string | null;
}

interface Root {
  readonly projectId: string;
  readonly isStored: boolean;
}

/** @param capacity most sessions to remember; about 200 bytes each */
export function createKnownRoots(capacity: number): KnownRoots {
  const roots = new Map<string, Root>();
  const set = (sessionId: string, root: Root): void => {
    roots.delete(sessionId);
    roots.set(sessionId, root);
    const oldest = roots.size > capacity ? roots.keys().next() : undefined;
    if (oldest && !oldest.done) roots.delete(oldest.value);
  };
  const find = (projectId: string, sessionId: string): Root | null => {
    const root = roots.get(sessionId);
    return root?.projectId === projectId ? root : null;
  };
  return {
    has: (projectId, sessionId) => find(projectId, sessionId)?.isStored ?? false,
    add: (projectId, sessionId) => set(sessionId, { projectId, isStored: true }),
    expect(projectId, sessionId) {
      if (!find(projectId, sessionId)) set(sessionId, { projectId, isStored: false });
    },
    remove(projectId, sessionId) {
      if (find(projectId, sessionId)) roots.delete(sessionId);
    },
    clear: () => roots.clear(),
    projectOf: (sessionId) => roots.get(sessionId)?.projectId ?? null,
  };
}
