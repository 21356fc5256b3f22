import { nextBackoff } from 'honeyhive-facts';
import type { BackoffPolicy } from 'honeyhive-facts';
import type { BackgroundTimers, Random } from '../runtime/clock.ts';
import type { Entry } from './entry.ts';
import { Fifo } from './fifo.ts';
import type { Suspicion } from './suspicion.ts';

/** What the suspects take from around them. */
export interface SuspectsDeps {
  readonly backoff: BackoffPolicy;
  readonly timers: BackgroundTimers;
  readonly random: Random;
  /** One of them may be sent again. */
  onDue(): void;
}

/**
 * Events on which the service fails when they come alone.
 *
 * They are sent again one at a time, so that they hold up none of the others, which overtake them.
 */
export class Suspects {
  readonly #deps: SuspectsDeps;
  /** Those that wait, are due or are in flight. */
  readonly #known = new Map<Entry, Suspicion>();
  readonly #waiting = new Set<Entry>();
  readonly #due = new Fifo<Entry>();
  #underWay: Entry | null = null;

  constructor(deps: SuspectsDeps) {
    this.#deps = deps;
  }

  /** Whether one of them could be sent now. */
  get isDue(): boolean {
    return this.#due.length > 0 && this.#underWay === null;
  }

  /** What is held against an entry; null when it has not failed alone. */
  suspicionOf(entry: Entry): Suspicion | null {
    return this.#known.get(entry) ?? null;
  }

  setAside(entry: Entry, suspicion: Suspicion): void {
    const { backoff, timers, random } = this.#deps;
    this.#known.set(entry, suspicion);
    this.#waiting.add(entry);
    timers.after(nextBackoff(suspicion.tries, backoff, random), () => this.#noteDue(entry));
  }

  /** The next one that is due, on its own; empty while one is in flight. */
  take(): Entry[] {
    if (this.#underWay !== null) return [];
    const entry = this.#due.shift();
    if (entry === undefined) return [];
    this.#underWay = entry;
    return [entry];
  }

  /** What was taken has been sent. */
  release(): void {
    const entry = this.#underWay;
    this.#underWay = null;
    if (entry !== null && !this.#waiting.has(entry)) this.#known.delete(entry);
  }

  /** Let all that wait be sent as soon as it is their turn. */
  drain(): void {
    for (const entry of this.#waiting) this.#noteDue(entry);
  }

  /** Those that are not in flight. */
  list(): Entry[] {
    return [...this.#known.keys()].filter((entry) => entry !== this.#underWay);
  }

  /** Takes out those that are not in flight. */
  clear(): Entry[] {
    const entries = this.list();
    for (const entry of entries) this.#known.delete(entry);
    this.#waiting.clear();
    while (this.#due.shift() !== undefined);
    return entries;
  }

  #noteDue(entry: Entry): void {
    if (!this.#waiting.delete(entry)) return;
    this.#due.push(entry);
    this.#deps.onDue();
  }
}
