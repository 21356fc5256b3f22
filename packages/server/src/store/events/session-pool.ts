import { StoreUnavailable } from '../../domain/event-store.ts';

export interface SessionPoolConfig {
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

interface Waiter<T> {
  readonly resolve: (session: T) => void;
  readonly reject: (reason: unknown) => void;
  readonly settle: () => void;
}

const refused = (why: string): StoreUnavailable =>
  new StoreUnavailable(`The event store is busy: ${why}.`);

/** Lends each of its sessions to one caller at a time, first come first served. */
export class SessionPool<T> {
  readonly #idle: T[];
  readonly #size: number;
  readonly #config: SessionPoolConfig;
  readonly #waiting = new Set<Waiter<T>>();
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
  async acquire(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw refused('it is shutting down');
    const session = this.#idle.pop();
    if (session !== undefined) return session;
    if (this.#waiting.size >= this.#config.maxWaiting) throw refused('too many queries wait');
    return this.#wait(signal);
  }

  release(session: T): void {
    const [next] = this.#waiting;
    if (next) {
      next.settle();
      next.resolve(session);
      return;
    }
    this.#idle.push(session);
    if (this.#idle.length === this.#size) this.#onDrained?.();
  }

  stats(): PoolStats {
    return { idle: this.#idle.length, waiting: this.#waiting.size };
  }

  /** Refuses those that wait and resolves when every session is back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiter of this.#waiting) {
      waiter.settle();
      waiter.reject(refused('it is shutting down'));
    }
    if (this.#idle.length === this.#size) return;
    await new Promise<void>((resolve) => {
      this.#onDrained = resolve;
    });
  }

  #wait(signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const give = (reason: unknown): void => {
        waiter.settle();
        reject(reason);
      };
      const onAbort = (): void => give(signal?.reason);
      const timer = setTimeout(
        () => give(refused(`no session came free in ${this.#config.maxWaitMs} ms`)),
        this.#config.maxWaitMs,
      );
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter<T> = { resolve, reject, settle };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(waiter);
    });
  }
}
