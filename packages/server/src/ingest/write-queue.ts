import { StoreUnavailable } from '../domain/event-store.ts';
import type { Write, WriteOutcome } from './write.ts';

/** A request that waits for its writes to be stored. */
export interface Waiting {
  readonly writes: readonly Write[];
  readonly bytes: number;
  /** Monotonic milliseconds. */
  readonly since: number;
  readonly resolve: (outcomes: WriteOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/** How the queue of waiting requests stands. */
export interface QueueStats {
  readonly requests: number;
  readonly bytes: number;
  readonly maxBytes: number;
  /** How long the oldest waiting request has waited, milliseconds; 0 when none waits. */
  readonly oldestMs: number;
  readonly refusedRequests: number;
}

/**
 * Requests in order of arrival, bounded in bytes.
 *
 * Invariant: `bytes` counts what waits and what was taken but not yet released.
 */
export class WriteQueue {
  readonly #waiting: Waiting[] = [];
  readonly #maxBytes: number;
  readonly #maxGroupWrites: number;
  #taken: readonly Waiting[] = [];
  #bytes = 0;
  #refused = 0;
  #isOpen = true;
  #gathering: { readonly count: number; readonly resolve: () => void } | null = null;

  /** @param limits.maxGroupWrites most writes in one group, except that one request is never split */
  constructor(limits: { maxBytes: number; maxGroupWrites: number }) {
    this.#maxBytes = limits.maxBytes;
    this.#maxGroupWrites = limits.maxGroupWrites;
  }

  /** @throws {StoreUnavailable} when the queue is full or closed */
  add(waiting: Waiting): void {
    if (!this.#isOpen) this.#refuse('The service is shutting down.');
    if (this.#bytes > 0 && this.#bytes + waiting.bytes > this.#maxBytes) {
      this.#refuse(
        `The write queue is full: ${this.#bytes} of ${this.#maxBytes} bytes wait to be stored.`,
      );
    }
    this.#bytes += waiting.bytes;
    this.#waiting.push(waiting);
    if (this.#waiting.length >= (this.#gathering?.count ?? Infinity)) this.#gathering?.resolve();
  }

  /** Requests that wait, without those that were taken. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Resolves when so many requests wait or the queue is closed, and at the latest with `limit`. */
  async gather(count: number, limit: Promise<void>): Promise<void> {
    if (this.#waiting.length >= count || !this.#isOpen) return;
    const gathered = new Promise<void>((resolve) => {
      this.#gathering = { count, resolve };
    });
    await Promise.race([gathered, limit]);
    this.#gathering = null;
  }

  /** The next group, oldest first; empty when nothing waits. The group before it must be released. */
  take(): readonly Waiting[] {
    let count = 0;
    const end = this.#waiting.findIndex((waiting, index) => {
      count += waiting.writes.length;
      return index > 0 && count > this.#maxGroupWrites;
    });
    this.#taken = this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
    return this.#taken;
  }

  /** Gives back the room of the group that was taken. */
  release(): void {
    for (const { bytes } of this.#taken) this.#bytes -= bytes;
    this.#taken = [];
  }

  close(): void {
    this.#isOpen = false;
    this.#gathering?.resolve();
  }

  stats(nowMs: number): QueueStats {
    const oldest = this.#taken[0] ?? this.#waiting[0];
    return {
      requests: this.#waiting.length + this.#taken.length,
      bytes: this.#bytes,
      maxBytes: this.#maxBytes,
      oldestMs: oldest ? nowMs - oldest.since : 0,
      refusedRequests: this.#refused,
    };
  }

  #refuse(message: string): never {
    this.#refused += 1;
    throw new StoreUnavailable(message);
  }
}
