/** Which sessions were seen to have a root, most recent first out last; bounded. */
export interface KnownRoots {
  has(projectId: string, sessionId: string): boolean;
  add(projectId: string, sessionId: string): void;
  remove(projectId: string, sessionId: string): void;
  clear(): void;
  /** The project in which a session was last seen; null when it is not remembered. */
  projectOf(sessionId: string): string | null;
}

/** @param capacity most sessions to remember; about 150 bytes each */
export function createKnownRoots(capacity: number): KnownRoots {
  const projects = new Map<string, string>();
  return {
    has: (projectId, sessionId) => projects.get(sessionId) === projectId,
    add(projectId, sessionId) {
      projects.delete(sessionId);
      projects.set(sessionId, projectId);
      const oldest = projects.size > capacity ? projects.keys().next() : undefined;
      if (oldest && !oldest.done) projects.delete(oldest.value);
    },
    remove(projectId, sessionId) {
      if (projects.get(sessionId) === projectId) projects.delete(sessionId);
    },
    clear: () => projects.clear(),
    projectOf: (sessionId) => projects.get(sessionId) ?? null,
  };
}
