import { statfsSync } from 'node:fs';
import type { Clock } from '../../../clock.ts';
import { StoreUnavailable } from '../../../domain/event-store.ts';
import type { ReadTurn } from '../../../domain/read-turn.ts';
import type { EventEngine, InsertBatch, Statement } from './engine.ts';
import { isAway, isDamage } from './engine-error.ts';

/** Room that must be left, before an insert and after it. An insert of the largest group takes less. */
export const leastFreeBytes = 32 * 1024 ** 2;
/** Room that makes a disk that was full usable again: more, so that one on the edge does not change all the time. */
const enoughFreeBytes = 40 * 1024 ** 2;

const lookMs = 1_000;

/** How long a query that finds damage leaves the table as it is after it was loaded for another one. */
const loadAgainMs = 10_000;

/** The disk has too little room left; nothing was stored that may be relied on. */
export class DiskFull extends StoreUnavailable {
  readonly code = 'ENOSPC';
  override readonly isForAll = true;
  constructor() {
    const megabytes = leastFreeBytes / 1024 ** 2;
    super(
      `The events could not be stored: the disk is full, less than ${megabytes} MB of it are free.`,
    );
  }
}

export interface GuardOptions {
  /** Bytes that the disk of the engine has left. */
  readonly readFreeBytes: () => number;
  /**
   * Reloads the table, once its reads have ended; running merges are cancelled.
   *
   * @param canMerge whether parts may be merged from then on
   */
  readonly loadAgain: (canMerge: boolean) => Promise<void>;
  readonly clock: Pick<Clock, 'monotonicMs' | 'every'>;
}

/** Bytes that the user of this process may still write to the disk of a folder. */
export function readFreeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * Protects the engine from a full disk. chdb 3.4.0 ignores `ENOSPC` from the operating system: the insert succeeds, and
 * a merge replaces good parts by an empty one.
 *
 * - An insert counts only when there was room before it and after it.
 * - A query that ends with a full disk may have read such a part without an error: it is retried.
 * - When the disk becomes full, when it has room again, and when a query finds damage, the table is reloaded. The
 *   engine then checks the sizes of all files, sets damaged parts aside and restores parts that a merge replaced.
 * - While the disk is full, nothing is merged.
 */
export class GuardedEngine implements EventEngine {
  readonly #engine: EventEngine;
  readonly #options: GuardOptions;
  #isFull = false;
  /** False: loading it failed, or is in flight. */
  #isLoaded = true;
  #loading: Promise<void> | null = null;
  #loadedMs = Number.NEGATIVE_INFINITY;
  #loadCount = 0;
  #stopLooking = (): void => undefined;

  constructor(engine: EventEngine, options: GuardOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Looks at the disk now and then, until it is closed: what merges while nobody reads or writes is at risk, too. */
  watch(): void {
    this.#stopLooking = this.#options.clock.every(lookMs, () => this.#hasRoom());
  }

  /** @throws {DiskFull} nothing can be stored */
  requireRoom(): void {
    if (!this.#hasRoom()) throw new DiskFull();
  }

  async insert(batch: InsertBatch): Promise<void> {
    this.requireRoom();
    await this.#loadedTable();
    await this.#engine.insert(batch);
    this.requireRoom();
    if (!this.#isFull) return;
    this.#isFull = false;
    await this.#loadAgain();
  }

  async query(statement: Statement, signal?: AbortSignal, turn?: ReadTurn): Promise<Buffer> {
    await this.#loadedTable();
    const loadCount = this.#loadCount;
    try {
      const answer = await this.#engine.query(statement, signal, turn);
      this.#hasRoom();
      if (this.#loadCount === loadCount) return answer;
      await this.#loadedTable();
    } catch (error) {
      if (!(await this.#isMended(error))) throw error;
    }
    return this.#engine.query(statement, signal, turn);
  }

  command(statement: Statement): Promise<void> {
    return this.#engine.command(statement);
  }

  async close(): Promise<void> {
    this.#stopLooking();
    await this.#loading?.catch(() => undefined);
    await this.#engine.close();
  }

  /** Whether there is room; records a full disk. */
  #hasRoom(): boolean {
    const bytes = this.#options.readFreeBytes();
    if (bytes >= (this.#isFull ? enoughFreeBytes : leastFreeBytes)) return true;
    if (!this.#isFull) {
      this.#isFull = true;
      // The next caller waits for it, and receives its error.
      this.#loadAgain().catch(() => undefined);
    }
    return false;
  }

  async #loadedTable(): Promise<void> {
    if (this.#loading !== null || !this.#isLoaded) await this.#loadAgain();
  }

  /** Whether a query that failed may succeed now. */
  async #isMended(error: unknown): Promise<boolean> {
    const isRecent = this.#options.clock.monotonicMs() - this.#loadedMs < loadAgainMs;
    const isLoading = this.#loading !== null;
    // It began while the table was there, and came to it while it was being loaded.
    const came = isAway(error) && (isLoading || isRecent);
    const found = isDamage(error) && (isLoading || !isRecent);
    if (came || found) await (came ? this.#loading : this.#loadAgain());
    return came || found;
  }

  #loadAgain(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.#isLoaded = false;
    this.#loadCount += 1;
    try {
      await this.#options.loadAgain(!this.#isFull);
      this.#isLoaded = true;
      this.#loadedMs = this.#options.clock.monotonicMs();
    } catch (error) {
      throw new StoreUnavailable('The events could not be loaded again.', { cause: error });
    }
  }
}
