import type { Drop } from '../errors/drop.ts';
import type { OnDrop } from '../options/delivery-config.ts';
import { decideAdmission } from './admission.ts';
import type { Admission, QueueBounds, QueueLoad } from './admission.ts';
import type { Entry } from './entry.ts';
import type { FlushWaiters } from './flush-waiters.ts';
import type { DeliveryOutcome } from './outcome.ts';
import type { Slab } from './slab.ts';
import type { Spool } from './spool.ts';
import { Tally } from './tally.ts';

const stored: DeliveryOutcome = { status: 'stored' };

/** What the accounts take from around them. */
export interface AccountsDeps {
  readonly bounds: QueueBounds;
  readonly waiters: FlushWaiters;
  readonly onDrop: OnDrop | null;
  readonly spool: Pick<Spool, 'settle'> | null;
  readonly slab: Pick<Slab, 'release'>;
}

/** Knows of every event whether it is held, and settles each exactly once. */
export class Accounts {
  readonly tally = new Tally();
  readonly #deps: AccountsDeps;
  #events = 0;
  #bytes = 0;
  #room: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /** What waits or is in flight. */
  get load(): QueueLoad {
    return { events: this.#events, bytes: this.#bytes };
  }

  /** Whether an event of this size may be held. */
  admit(bytes: number, bounds: QueueBounds = this.#deps.bounds): Admission {
    return decideAdmission(this.load, bytes, bounds);
  }

  hold(entry: Entry): void {
    entry.isHeld = true;
    this.#events += 1;
    this.#bytes += entry.bytes;
  }

  /** @param drop null: stored */
  settle(entry: Entry, drop: Drop | null): void {
    if (entry.outcome !== null) return;
    this.#deps.spool?.settle(entry, drop);
    entry.outcome = drop === null ? stored : { status: 'dropped', ...drop };
    this.#deps.slab.release(entry);
    if (drop === null) this.tally.noteStored();
    else this.#noteDrop(entry, drop);
    if (entry.isHeld) this.#letGo(entry);
    entry.onSettled?.(entry.outcome);
  }

  /** Settles when there is room for one more event. */
  whenRoom(): Promise<void> {
    if (this.admit(0) === 'fits') return Promise.resolve();
    return (this.#room ??= makeRoom()).promise;
  }

  #letGo(entry: Entry): void {
    entry.isHeld = false;
    this.#events -= 1;
    this.#bytes -= entry.bytes;
    this.#deps.waiters.noteSettled(entry.sequence);
    if (this.#room === null || this.admit(0) !== 'fits') return;
    this.#room.resolve();
    this.#room = null;
  }

  #noteDrop({ eventId, sessionId }: Entry, drop: Drop): void {
    this.tally.noteDropped(drop.reason);
    const { onDrop } = this.#deps;
    if (onDrop === null) return;
    queueMicrotask(() => {
      try {
        onDrop({ event_id: eventId, session_id: sessionId, ...drop });
      } catch {
        // What the callback throws is nobody's to catch here, and must not end the application.
      }
    });
  }
}

function makeRoom() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
