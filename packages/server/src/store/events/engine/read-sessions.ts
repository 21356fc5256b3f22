import type { ReadTurn } from '../../../domain/read-turn.ts';
import { SessionPool } from './session-pool.ts';
import type { Borrower, SessionPoolConfig } from './session-pool.ts';

export interface ReadSessionsConfig extends SessionPoolConfig {
  /** Reads of one share that run side by side; those of all shares are twice as many. */
  readonly readerCount: number;
}

/** A session for one read. */
export interface ReadSession<T> {
  readonly session: T;
  /** @param next what is lent from now on in its place */
  release(next?: T): void;
}

/**
 * Sessions for what the service reads itself, above all before it stores something: those wait for nobody's queries.
 */
const ownReaderCount = 2;

/** The sessions of an engine for reads, of which each share gets its part. */
export class ReadSessions<T> {
  readonly #shared: SessionPool<T>;
  readonly #own: SessionPool<T>;
  readonly #readerCount: number;

  private constructor(shared: readonly T[], own: readonly T[], config: ReadSessionsConfig) {
    this.#shared = new SessionPool(shared, config);
    this.#own = new SessionPool(own, config);
    this.#readerCount = config.readerCount;
  }

  static async open<T>(
    config: ReadSessionsConfig,
    openSession: () => Promise<T>,
  ): Promise<ReadSessions<T>> {
    const openMany = (length: number): Promise<T[]> =>
      Promise.all(Array.from({ length }, openSession));
    const shared = await openMany(2 * config.readerCount);
    return new ReadSessions(shared, await openMany(ownReaderCount), config);
  }

  /**
   * @throws {StoreUnavailable} too many wait, the wait was too long, or they were closed
   * @throws the signal's reason when it is aborted before a session came free
   */
  async acquire(signal?: AbortSignal, turn?: ReadTurn): Promise<ReadSession<T>> {
    const pool = turn ? this.#shared : this.#own;
    const session = await pool.acquire(signal, turn && this.#borrowerOf(turn));
    return { session, release: (next = session) => pool.release(next, session) };
  }

  /** Resolves with all sessions when every one is back. */
  async close(): Promise<readonly T[]> {
    return (await Promise.all([this.#shared.close(), this.#own.close()])).flat();
  }

  #borrowerOf(turn: ReadTurn): Borrower {
    return {
      share: turn.share,
      maxSessions: () => (turn.isAhead() ? 1 : this.#readerCount),
    };
  }
}
