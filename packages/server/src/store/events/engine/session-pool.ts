import type { Clock } from '../../../clock.ts';
import { StoreUnavailable } from '../../../domain/event-store.ts';

export interface SessionPoolConfig {
  readonly clock: Clock;
  /** Callers that may wait; the next one is refused at once. */
  readonly maxWaiting: number;
  /** Milliseconds after which a waiting caller is refused. */
  readonly maxWaitMs: number;
}

/** How busy a pool is. */
export interface PoolStats {
  readonly idle: number;
  readonly waiting: number;
}

/** Who a session is for. */
export interface Borrower {
  readonly share: string;
  /** Sessions that the share may hold at once: at least 1. */
  maxSessions(): number;
}

interface Waiter<T> {
  readonly borrower: Borrower | null;
  readonly give: (session: T) => void;
  readonly refuse: (reason: unknown) => void;
}

const refused = (why: string): StoreUnavailable =>
  new StoreUnavailable(`The event store is busy: ${why}.`);

/**
 * Lends each of its sessions to one caller at a time, first come first served; those whose share holds as many as it
 * may are passed over until it returns one.
 */
export class SessionPool<T> {
  readonly #idle: T[];
  readonly #size: number;
  readonly #config: SessionPoolConfig;
  readonly #waiting = new Set<Waiter<T>>();
  readonly #shares = new Map<T, string>();
  #onDrained: (() => void) | null = null;
  #isClosed = false;

  constructor(sessions: readonly T[], config: SessionPoolConfig) {
    this.#idle = [...sessions];
    this.#size = sessions.length;
    this.#config = config;
  }

  /**
   * A session, for the caller alone until {@link release}.
   *
   * @throws {StoreUnavailable} too many wait, the wait was too long, or the pool was closed
   * @throws the signal's reason when it is aborted before a session came free
   */
  async acquire(signal?: AbortSignal, borrower: Borrower | null = null): Promise<T> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw refused('it is shutting down');
    const session = this.#mayBorrow(borrower) ? this.#idle.pop() : undefined;
    if (session !== undefined) return this.#lend(session, borrower);
    if (this.#waiting.size >= this.#config.maxWaiting) throw refused('too many queries wait');
    return this.#wait(borrower, signal);
  }

  /** @param inPlaceOf the session that was acquired, where another one comes back */
  release(session: T, inPlaceOf: T = session): void {
    this.#shares.delete(inPlaceOf);
    this.#idle.push(session);
    this.#serve();
    if (this.#idle.length === this.#size) this.#onDrained?.();
  }

  stats(): PoolStats {
    return { idle: this.#idle.length, waiting: this.#waiting.size };
  }

  /** Refuses those that wait, and resolves with all sessions when every one is back. */
  async close(): Promise<readonly T[]> {
    this.#isClosed = true;
    for (const waiter of this.#waiting) waiter.refuse(refused('it is shutting down'));
    this.#waiting.clear();
    if (this.#idle.length < this.#size) {
      await new Promise<void>((resolve) => {
        this.#onDrained = resolve;
      });
    }
    return this.#idle;
  }

  #mayBorrow(borrower: Borrower | null): boolean {
    if (borrower === null) return true;
    let count = 0;
    for (const share of this.#shares.values()) if (share === borrower.share) count += 1;
    return count < borrower.maxSessions();
  }

  #lend(session: T, borrower: Borrower | null): T {
    if (borrower !== null) this.#shares.set(session, borrower.share);
    return session;
  }

  #serve(): void {
    for (const waiter of this.#waiting) {
      if (!this.#mayBorrow(waiter.borrower)) continue;
      const session = this.#idle.pop();
      if (session === undefined) return;
      this.#waiting.delete(waiter);
      waiter.give(this.#lend(session, waiter.borrower));
    }
  }

  async #wait(borrower: Borrower | null, signal?: AbortSignal): Promise<T> {
    const { clock, maxWaitMs } = this.#config;
    let waiter: Waiter<T> | undefined;
    const turn = new Promise<T>((give, refuse) => {
      waiter = { borrower, give, refuse };
      this.#waiting.add(waiter);
    });
    const onAbort = (): void => waiter?.refuse(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const tooLong = (): Error => refused(`no session came free in ${maxWaitMs} ms`);
    try {
      return await clock.withLimit(maxWaitMs, turn, tooLong);
    } catch (error) {
      // Given and refused in the same instant: nobody would bring the session back.
      if (waiter && !this.#waiting.delete(waiter)) this.#reclaim(turn);
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #reclaim(turn: Promise<T>): void {
    turn.then(
      (session) => this.release(session),
      // It was refused by the caller's signal: there is no session to bring back.
      () => undefined,
    );
  }
}
