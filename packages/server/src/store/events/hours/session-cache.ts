import { noOtherWrites } from '../../../domain/other-writes.ts';
import type { OtherWrites } from '../../../domain/other-writes.ts';

/** What is asked of a cache. */
export interface SessionRequest<V> {
  /** Identifies what is read of each session. Only the value of the last key is cached. */
  readonly key: string;
  readonly sessionIds: readonly string[];
  /** Reads sessions; those without a value are left out. */
  readonly load: (sessionIds: readonly string[]) => Promise<readonly (readonly [string, V])[]>;
}

interface SessionState<V> {
  /** By session, what was read of it last; the one used longest ago is the first. */
  readonly sessions: Map<string, { readonly key: string; readonly value: V }>;
  /** Sessions written to, for each read that has not ended. */
  readonly reads: Set<Set<string>>;
  commandCount: number;
}

/**
 * Caches what was read of each session until it is written to. Exact: a session is marked when its write has ended and
 * before it is answered, and what a write overtook while it was read is not kept.
 */
export class SessionCache<V> {
  readonly #maxSessions: number;
  readonly #catchUp: () => Promise<void>;
  readonly #state: SessionState<V>;

  /** @param others what they wrote to is marked when it has caught up */
  constructor(
    maxSessions: number,
    { catchUp }: Pick<OtherWrites, 'catchUp'> = noOtherWrites,
    state: SessionState<V> = { sessions: new Map(), reads: new Set(), commandCount: 0 },
  ) {
    this.#maxSessions = maxSessions;
    this.#catchUp = catchUp;
    this.#state = state;
  }

  /** The same cache, for reads that learn in another way what others have written. */
  forTurn(catchUp: () => Promise<void>): SessionCache<V> {
    return new SessionCache(this.#maxSessions, { catchUp }, this.#state);
  }

  /** Values in the order of the sessions; those without one are left out. */
  async read({ key, sessionIds, load }: SessionRequest<V>): Promise<V[]> {
    await this.#catchUp();
    const values = new Map<string, V>();
    for (const sessionId of sessionIds) {
      const known = this.#state.sessions.get(sessionId);
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
    this.#state.sessions.delete(sessionId);
    for (const written of this.#state.reads) written.add(sessionId);
  }

  markAll(): void {
    this.#state.sessions.clear();
    this.#state.commandCount += 1;
  }

  async #load(
    key: string,
    sessionIds: readonly string[],
    load: SessionRequest<V>['load'],
  ): Promise<readonly (readonly [string, V])[]> {
    const written = new Set<string>();
    const commandCount = this.#state.commandCount;
    this.#state.reads.add(written);
    try {
      const loaded = await load(sessionIds);
      if (this.#state.commandCount !== commandCount) return loaded;
      for (const [sessionId, value] of loaded)
        if (!written.has(sessionId)) this.#keep(sessionId, key, value);
      return loaded;
    } finally {
      this.#state.reads.delete(written);
    }
  }

  /** As the one used last. */
  #keep(sessionId: string, key: string, value: V): void {
    this.#state.sessions.delete(sessionId);
    this.#state.sessions.set(sessionId, { key, value });
    for (const oldest of this.#state.sessions.keys()) {
      if (this.#state.sessions.size <= this.#maxSessions) return;
      this.#state.sessions.delete(oldest);
    }
  }
}
