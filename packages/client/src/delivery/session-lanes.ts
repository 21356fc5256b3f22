import type { Entry } from './entry.ts';
import { Fifo } from './fifo.ts';

/** How much one batch may hold. One entry always fits, however large. */
export interface BatchSize {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

interface Lane {
  readonly sessionId: string;
  readonly entries: Fifo<Entry>;
  isOpen: boolean;
}

/**
 * Events that wait, in one lane for each session.
 *
 * A lane that a batch was taken from gives nothing more until it is released: so the events of a session arrive in the
 * order of their calls, however many batches are in flight.
 */
export class SessionLanes {
  readonly #lanes = new Map<string, Lane>();
  /** Open lanes that hold something. */
  readonly #ready = new Fifo<Lane>();
  /** Every entry that waits, and some that do no longer; null when nobody asks for the oldest. */
  readonly #byAge: Fifo<Entry> | null;
  #count = 0;
  #bytes = 0;

  /** @param options `tracksAge`: whether {@link SessionLanes.dropOldest} is going to be called; costs memory */
  constructor({ tracksAge }: { readonly tracksAge: boolean }) {
    this.#byAge = tracksAge ? new Fifo() : null;
  }

  /** Entries that wait, those in closed lanes among them. */
  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(entry: Entry): void {
    let lane = this.#lanes.get(entry.sessionId);
    if (lane === undefined) {
      lane = { sessionId: entry.sessionId, entries: new Fifo(), isOpen: true };
      this.#lanes.set(entry.sessionId, lane);
      this.#ready.push(lane);
    }
    lane.entries.push(entry);
    entry.isQueued = true;
    this.#count += 1;
    this.#bytes += entry.bytes;
    this.#noteAge(entry);
  }

  /** The next batch, lanes in turn; empty when nothing can be taken. Closes the lanes it takes from. */
  take(size: BatchSize): Entry[] {
    const batch: Entry[] = [];
    let bytes = 0;
    for (let lane = this.#ready.peek(); lane !== undefined; lane = this.#ready.peek()) {
      const before = batch.length;
      for (let entry = peekQueued(lane); entry !== undefined; entry = peekQueued(lane)) {
        const isFull = batch.length >= size.maxEvents || bytes + entry.bytes > size.maxBytes;
        if (batch.length > 0 && isFull) break;
        lane.entries.shift();
        this.#leave(entry);
        batch.push(entry);
        bytes += entry.bytes;
      }
      const hasGiven = batch.length > before;
      if (!hasGiven && lane.entries.length > 0) break;
      this.#ready.shift();
      if (hasGiven) lane.isOpen = false;
      else this.#lanes.delete(lane.sessionId);
    }
    return batch;
  }

  /** Open the lanes of a batch that is done. */
  release(batch: readonly Entry[]): void {
    for (const { sessionId } of batch) {
      const lane = this.#lanes.get(sessionId);
      if (lane === undefined || lane.isOpen) continue;
      lane.isOpen = true;
      if (peekQueued(lane) === undefined) this.#lanes.delete(sessionId);
      else this.#ready.push(lane);
    }
  }

  /** Take out the entry that has waited longest; null if absent. */
  dropOldest(): Entry | null {
    for (let entry = this.#byAge?.shift(); entry !== undefined; entry = this.#byAge?.shift()) {
      if (!entry.isQueued) continue;
      this.#leave(entry);
      return entry;
    }
    return null;
  }

  /** Everything that waits, in the order of the calls. */
  list(): Entry[] {
    return [...this.#lanes.values()]
      .flatMap(({ entries }) => entries.toArray().filter(({ isQueued }) => isQueued))
      .sort((one, other) => one.sequence - other.sequence);
  }

  /** Take out everything, in the order of the calls. */
  clear(): Entry[] {
    const all = this.list();
    for (const entry of all) this.#leave(entry);
    return all;
  }

  #leave(entry: Entry): void {
    entry.isQueued = false;
    this.#count -= 1;
    this.#bytes -= entry.bytes;
  }

  #noteAge(entry: Entry): void {
    if (this.#byAge === null) return;
    this.#byAge.push(entry);
    // Entries that were taken stay until they are the oldest: they must not become many.
    if (this.#byAge.length > 2 * this.#count + 1024) this.#byAge.keep(({ isQueued }) => isQueued);
  }
}

/** The head of a lane, past what was dropped out of it. */
function peekQueued(lane: Lane): Entry | undefined {
  let entry = lane.entries.peek();
  while (entry !== undefined && !entry.isQueued) {
    lane.entries.shift();
    entry = lane.entries.peek();
  }
  return entry;
}
