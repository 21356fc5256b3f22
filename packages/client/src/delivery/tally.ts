import type { DropReason } from '../errors/drop.ts';
import type { DeliveryReport } from './outcome.ts';

/** Counts what became of the events; holds: sent = stored + dropped + pending. */
export class Tally {
  #sent = 0;
  #stored = 0;
  #dropped = 0;
  #retried = 0;
  readonly #byReason: Partial<Record<DropReason, number>> = {};

  get sent(): number {
    return this.#sent;
  }

  get pending(): number {
    return this.#sent - this.#stored - this.#dropped;
  }

  get stored(): number {
    return this.#stored;
  }

  /** @returns the number of the event, from 1 */
  noteSent(): number {
    return ++this.#sent;
  }

  noteStored(): void {
    this.#stored += 1;
  }

  noteDropped(reason: DropReason): void {
    this.#dropped += 1;
    this.#byReason[reason] = (this.#byReason[reason] ?? 0) + 1;
  }

  noteRetried(): void {
    this.#retried += 1;
  }

  report(): DeliveryReport {
    return {
      sent: this.#sent,
      stored: this.#stored,
      dropped: { ...this.#byReason },
      retried: this.#retried,
      pending: this.pending,
    };
  }
}
