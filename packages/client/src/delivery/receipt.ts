import type { Entry } from './entry.ts';
import type { DeliveryOutcome } from './outcome.ts';

/** What a call that logs an event returns at once. */
export interface Receipt {
  readonly event_id: string;
  readonly session_id: string;
  /** Settles when the event is stored or dropped; never rejects. */
  readonly done: Promise<DeliveryOutcome>;
  /** Resolves when the queue has room; immediately unless `onFull` is `'block'`. Never rejects. */
  readonly accepted: Promise<void>;
}

/** Promises are created lazily: most receipts are never used. */
export class EntryReceipt implements Receipt {
  readonly #entry: Entry;
  readonly #whenRoom: () => Promise<void>;
  #done: Promise<DeliveryOutcome> | null = null;

  constructor(entry: Entry, whenRoom: () => Promise<void>) {
    this.#entry = entry;
    this.#whenRoom = whenRoom;
  }

  get event_id(): string {
    return this.#entry.eventId;
  }

  get session_id(): string {
    return this.#entry.sessionId;
  }

  get done(): Promise<DeliveryOutcome> {
    return (this.#done ??= new Promise((resolve) => {
      if (this.#entry.outcome !== null) resolve(this.#entry.outcome);
      else this.#entry.onSettled = resolve;
    }));
  }

  get accepted(): Promise<void> {
    return this.#whenRoom();
  }
}
