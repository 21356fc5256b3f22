import type { BackgroundTimers } from '../runtime/clock.ts';
import { shrinkBatches } from './batch-limits.ts';
import type { RefusedBatch } from './batch-limits.ts';
import type { Entry } from './entry.ts';
import type { SendBatch } from './sender.ts';
import type { BatchSize, SessionLanes } from './session-lanes.ts';
import type { Suspects } from './suspects.ts';

/** When batches are sent, and how many at once. */
export interface PumpConfig extends BatchSize {
  readonly maxInFlight: number;
  readonly flushIntervalMs: number;
}

/** What the pump takes from around it. */
export interface PumpDeps {
  readonly lanes: SessionLanes;
  readonly suspects: Suspects;
  readonly timers: BackgroundTimers;
  readonly send: SendBatch;
}

/**
 * A queue this long is sent without waiting for the interval; while batches are in flight it grows, and so does the
 * next batch.
 */
const eagerEvents = 500;
const eagerBytes = 512 * 1024;

/** Takes batches out of the lanes when it is time, and has them sent. */
export class Pump {
  readonly #deps: PumpDeps;
  readonly #config: PumpConfig;
  readonly #underWay = new Set<readonly Entry[]>();
  #size: BatchSize;
  /** Entries that do not wait for more of them. */
  #dueCount = 0;
  #isTimerSet = false;
  #isTurnSet = false;
  /** Suspects and others take turns. */
  #isSuspectsTurn = false;

  constructor(config: PumpConfig, deps: PumpDeps) {
    this.#config = config;
    this.#size = { maxEvents: config.maxEvents, maxBytes: config.maxBytes };
    this.#deps = deps;
  }

  /** Batches in flight. */
  get inFlight(): number {
    return this.#underWay.size;
  }

  /** Size of the batches to come. */
  get size(): BatchSize {
    return this.#size;
  }

  /** Entries of the batches in flight. */
  listUnderWay(): Entry[] {
    return [...this.#underWay].flat();
  }

  notePushed(): void {
    if (!this.#isTimerSet) {
      this.#isTimerSet = true;
      this.#deps.timers.after(this.#config.flushIntervalMs, () => {
        this.#isTimerSet = false;
        this.drain();
      });
    }
    if (this.#isEager()) this.#takeTurn();
  }

  shrink(refused: RefusedBatch): void {
    this.#size = shrinkBatches(this.#size, refused);
  }

  /** Send all that waits now, as soon as there is a free place. */
  drain(): void {
    this.#dueCount = this.#deps.lanes.count;
    if (this.#dueCount > 0) this.#takeTurn();
  }

  /** An event that was set aside may be sent again. */
  noteSuspectDue(): void {
    this.#takeTurn();
  }

  /** One batch for each turn of the event loop: to make one takes a millisecond or two. */
  #takeTurn(): void {
    if (this.#isTurnSet || this.#underWay.size >= this.#config.maxInFlight) return;
    this.#isTurnSet = true;
    this.#deps.timers.soon(() => {
      this.#isTurnSet = false;
      this.#startOne();
    });
  }

  #startOne(): void {
    if (!this.#isDue() || this.#underWay.size >= this.#config.maxInFlight) return;
    this.#isSuspectsTurn = !this.#isSuspectsTurn;
    const hasStarted = this.#isSuspectsTurn
      ? this.#startSuspect() || this.#startBatch()
      : this.#startBatch() || this.#startSuspect();
    if (hasStarted && this.#isDue()) this.#takeTurn();
  }

  #startBatch(): boolean {
    const { lanes } = this.#deps;
    const batch = lanes.take(this.#size);
    if (batch.length === 0) return false;
    this.#dueCount = lanes.count === 0 ? 0 : Math.max(0, this.#dueCount - batch.length);
    this.#start(batch, () => lanes.release(batch));
    return true;
  }

  #startSuspect(): boolean {
    const { suspects } = this.#deps;
    const batch = suspects.take();
    if (batch.length === 0) return false;
    this.#start(batch, () => suspects.release());
    return true;
  }

  #start(batch: readonly Entry[], release: () => void): void {
    this.#underWay.add(batch);
    void this.#deps.send(batch).then(() => {
      this.#underWay.delete(batch);
      release();
      if (this.#isDue()) this.#takeTurn();
    });
  }

  #isDue(): boolean {
    return this.#dueCount > 0 || this.#isEager() || this.#deps.suspects.isDue;
  }

  #isEager(): boolean {
    const { count, bytes } = this.#deps.lanes;
    return count >= Math.min(eagerEvents, this.#size.maxEvents) || bytes >= eagerBytes;
  }
}
