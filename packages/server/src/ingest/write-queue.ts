import { StoreUnavailable } from '../domain/event-store.ts';
import { Problem } from '../domain/problem.ts';
import type { Write, WriteOutcome } from './write.ts';

/** A request that waits for its writes to be stored. */
export interface Waiting {
  readonly writes: readonly Write[];
  readonly bytes: number;
  /** Project that the writes are for; empty: any of the organisation. */
  readonly share: string;
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

type IsEnough = (waiting: readonly Waiting[]) => boolean;

/**
 * Requests in order of arrival, bounded in bytes. When it is full, the project of which most waits gives its newest up
 * for one of which less does; when not all fit in a group, projects take turns. Those of one project keep their order.
 *
 * Invariant: `bytes` counts what waits and what was taken but not yet released.
 */
export class WriteQueue {
  #waiting: Waiting[] = [];
  readonly #maxBytes: number;
  readonly #maxGroupWrites: number;
  #taken: readonly Waiting[] = [];
  #bytes = 0;
  #refused = 0;
  #isOpen = true;
  #gathering: { readonly isEnough: IsEnough; readonly resolve: () => void } | null = null;

  /** @param limits.maxGroupWrites most writes in one group, except that one request is never split */
  constructor(limits: { maxBytes: number; maxGroupWrites: number }) {
    this.#maxBytes = limits.maxBytes;
    this.#maxGroupWrites = limits.maxGroupWrites;
  }

  /** @throws {StoreUnavailable} when the queue is full or closed */
  add(waiting: Waiting): void {
    if (!this.#isOpen) this.#refuse('The service is shutting down.');
    while (this.#bytes > 0 && this.#bytes + waiting.bytes > this.#maxBytes) {
      if (this.#evictFor(waiting)) continue;
      this.#refuse(
        `The write queue is full: ${this.#bytes} of ${this.#maxBytes} bytes wait to be stored.`,
      );
    }
    this.#bytes += waiting.bytes;
    this.#waiting.push(waiting);
    if (this.#gathering?.isEnough(this.#waiting)) this.#gathering.resolve();
  }

  /** Requests that wait, without those that were taken. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Resolves when so many requests wait or the queue is closed, and at the latest with `limit`. */
  async gather(count: number, limit: Promise<void>): Promise<void> {
    await this.#waitFor(({ length }) => length >= count, limit);
  }

  /** Resolves when something of another project waits or the queue is closed, and at the latest with `limit`. */
  async rest(share: string, limit: Promise<void>): Promise<void> {
    await this.#waitFor((waiting) => waiting.some((each) => each.share !== share), limit);
  }

  async #waitFor(isEnough: IsEnough, limit: Promise<void>): Promise<void> {
    if (isEnough(this.#waiting) || !this.#isOpen) return;
    const enough = new Promise<void>((resolve) => {
      this.#gathering = { isEnough, resolve };
    });
    await Promise.race([enough, limit]);
    this.#gathering = null;
  }

  /** The next group, oldest first; empty when nothing waits. The group before it must be released. */
  take(): readonly Waiting[] {
    const group = chooseGroup(this.#waiting, this.#maxGroupWrites);
    this.#taken = this.#waiting.filter((waiting) => group.has(waiting));
    this.#waiting = this.#waiting.filter((waiting) => !group.has(waiting));
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

  /** Whether another project, of which more waits, gave its newest request up. */
  #evictFor({ share, bytes }: Waiting): boolean {
    const sums = sumBytes([...this.#taken, ...this.#waiting]);
    const [most] = [...sums].toSorted(([, one], [, other]) => other - one);
    const newest = most && this.#waiting.findLast((waiting) => waiting.share === most[0]);
    if (!newest || newest.share === share || most[1] <= (sums.get(share) ?? 0) + bytes)
      return false;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== newest);
    this.#bytes -= newest.bytes;
    this.#refused += 1;
    newest.reject(overdone());
    return true;
  }

  #refuse(message: string): never {
    this.#refused += 1;
    throw new StoreUnavailable(message);
  }
}

const overdone = (): Problem =>
  new Problem(
    'rate_limited',
    'Too much of this project waits to be stored while the write queue is full.',
  );

function sumBytes(requests: readonly Waiting[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { share, bytes } of requests) sums.set(share, (sums.get(share) ?? 0) + bytes);
  return sums;
}

/** All that fits. Where not all does, the oldest request of each project, then the second of each, and so on. */
function chooseGroup(waiting: readonly Waiting[], maxWrites: number): ReadonlySet<Waiting> {
  const all = waiting.reduce((sum, { writes }) => sum + writes.length, 0);
  const group = new Set<Waiting>();
  let count = 0;
  for (const each of all <= maxWrites ? waiting : toTurns(waiting)) {
    count += each.writes.length;
    if (group.size > 0 && count > maxWrites) break;
    group.add(each);
  }
  return group;
}

function toTurns(waiting: readonly Waiting[]): Waiting[] {
  const seen = new Map<string, number>();
  const turns = waiting.map((each) => {
    const turn = seen.get(each.share) ?? 0;
    seen.set(each.share, turn + 1);
    return { each, turn };
  });
  return turns.toSorted((one, other) => one.turn - other.turn).map(({ each }) => each);
}
