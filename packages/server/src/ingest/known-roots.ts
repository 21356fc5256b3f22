import { EvictionLog } from './eviction-log.ts';

/** A cached session in one project. */
export interface KnownRoot {
  readonly projectId: string;
  /** False while its insert is in flight. */
  readonly isStored: boolean;
  /** Whether a key of the organisation wrote to the session. */
  readonly isByOrganisation: boolean;
}

/** The cache entry of a session id. */
export interface KnownSession {
  readonly roots: readonly KnownRoot[];
  /** Whether `roots` has every project in which a key of the organisation wrote to the session. */
  readonly isComplete: boolean;
}

/** Which sessions have a root, and in which projects; most recent first out last; bounded. */
export interface KnownRoots {
  /** Whether the root is stored, and says that the organisation wrote to the session if that is asked for. */
  has(projectId: string, sessionId: string, isByOrganisation: boolean): boolean;
  /** The root is stored. */
  add(sessionId: string, root: Omit<KnownRoot, 'isStored'>): void;
  /** The root is about to be stored: from now on it is known where the session belongs, not that its root is there. */
  expect(sessionId: string, root: Omit<KnownRoot, 'isStored'>): void;
  /** Evicts the session in all projects: the store decides. */
  remove(sessionId: string): void;
  clear(): void;
  /** null if not cached. */
  find(sessionId: string): KnownSession | null;
  /** Changes with every eviction. */
  readonly epoch: number;
  /**
   * The session was looked for in all projects: these are the ones in which a key of the organisation wrote to it.
   *
   * @param epoch the {@link epoch} before the look-up: results read before an eviction are discarded
   */
  complete(sessionId: string, projectIds: readonly string[], epoch: number): void;
}

/** More projects with the same session id are not cached, but looked up. */
const maxRoots = 16;

const nothing: KnownSession = { roots: [], isComplete: false };

/** @param capacity maximum number of sessions; about 250 bytes each */
export function createKnownRoots(capacity: number): KnownRoots {
  const sessions = new Map<string, KnownSession>();
  const evicted = new EvictionLog();
  const set = (sessionId: string, session: KnownSession): void => {
    sessions.delete(sessionId);
    if (session.roots.length > maxRoots) return;
    sessions.set(sessionId, session);
    const oldest = sessions.size > capacity ? sessions.keys().next() : undefined;
    if (oldest && !oldest.done) sessions.delete(oldest.value);
  };
  const put = (sessionId: string, root: KnownRoot): void => {
    const { roots, isComplete } = sessions.get(sessionId) ?? nothing;
    const others = roots.filter(({ projectId }) => projectId !== root.projectId);
    set(sessionId, { roots: [...others, root], isComplete });
  };
  const findRoot = (projectId: string, sessionId: string): KnownRoot | undefined =>
    sessions.get(sessionId)?.roots.find((root) => root.projectId === projectId);
  return {
    has(projectId, sessionId, isByOrganisation) {
      const root = findRoot(projectId, sessionId);
      return root?.isStored === true && (root.isByOrganisation || !isByOrganisation);
    },
    add: (sessionId, root) => put(sessionId, { ...root, isStored: true }),
    expect(sessionId, root) {
      const known = findRoot(root.projectId, sessionId);
      if (known && (known.isByOrganisation || !root.isByOrganisation)) return;
      put(sessionId, { ...root, isStored: false });
    },
    remove: (sessionId) => evicted.evict(sessionId, sessions),
    clear: () => evicted.evictAll(sessions),
    find: (sessionId) => sessions.get(sessionId) ?? null,
    get epoch() {
      return evicted.now;
    },
    complete(sessionId, projectIds, readAt) {
      if (evicted.hasSince(sessionId, readAt)) return;
      const { roots } = sessions.get(sessionId) ?? nothing;
      const others = roots.filter(({ projectId }) => !projectIds.includes(projectId));
      const found = projectIds.map((projectId) => ({
        projectId,
        isStored: findRoot(projectId, sessionId)?.isStored ?? false,
        isByOrganisation: true,
      }));
      set(sessionId, { roots: [...others, ...found], isComplete: true });
    },
  };
}
