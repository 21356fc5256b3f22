/** What is asked of a cache. */
export interface SessionRequest<V> {
  /** Identifies what is read of each session. Only the value of the last key is cached. */
  readonly key: string;
  readonly sessionIds: readonly string[];
  /** Reads sessions; those without a value are left out. */
  readonly load: (sessionIds: readonly string[]) => Promise<readonly (readonly [string, V])[]>;
}

/**
 * Caches what was read of each session until it is written to. Exact: a session is marked when its write has ended and
 * before it is answered, and what a write overtook while it was read is not kept.
 */
export class SessionCache<V> {
  /** By session, what was read of it last; the one used longest ago is the first. */
  readonly #sessions = new Map<string, { readonly key: string; readonly value: V }>();
  /** Sessions written to, for each read that has not ended. */
  readonly #reads = new Set<Set<string>>();
  readonly #maxSessions: number;
  #commandCount = 0;

  constructor(maxSessions: number) {
    this.#maxSessions = maxSessions;
  }

  /** Values in the order of the sessions; those without one are left out. */
  async read({ key, sessionIds, load }: SessionRequest<V>): Promise<V[]> {
    const values = new Map<string, V>();
    for (const sessionId of sessionIds) {
      const known = this.#sessions.get(sessionId);
      if (known?.key !== key) continue;
      values.set(sessionId, known.value);
      this.#keep(sessionId, key, known.value);
    }
    const missing = [...new Set(sessionIds)].filter((sessionId) => !values.has(sessionId));
    const loaded = missing.length === 0 ? [] : await this.#load(key, missing, load);
    for (const [sessionId, value] of loaded) values.set(sessionId, value);
    return [...new Set(sessionIds)].flatMap((sessionId) => {
      const value = values.get(sessionId);
      // In its own list: a value may be a list, too.
      return value === undefined ? [] : [value];
    });
  }

  mark(sessionId: string): void {
    this.#sessions.delete(sessionId);
    for (const written of this.#reads) written.add(sessionId);
  }

  markAll(): void {
    this.#sessions.clear();
    this.#commandCount += 1;
  }

  async #load(
    key: string,
    sessionIds: readonly string[],
    load: SessionRequest<V>['load'],
  ): Promise<readonly (readonly [string, V])[]> {
    const written = new Set<string>();
    const commandCount = this.#commandCount;
    this.#reads.add(written);
    try {
      const loaded = await load(sessionIds);
      if (this.#commandCount !== commandCount) return loaded;
      for (const [sessionId, value] of loaded)
        if (!written.has(sessionId)) this.#keep(sessionId, key, value);
      return loaded;
    } finally {
      this.#reads.delete(written);
    }
  }

  /** As the one used last. */
  #keep(sessionId: string, key: string, value: V): void {
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, { key, value });
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= this.#maxSessions) return;
      this.#sessions.delete(oldest);
    }
  }
}
