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
  readonly spool: Pick<Spool, 'settle' | 'holds'> | null;
  readonly slab: Pick<Slab, 'release'>;
  /** An event is lost, and nothing on disk keeps it. */
  onLost(drop: Drop): void;
  /** Something is held from now on. */
  onBusy(): void;
  /** Nothing is held any more. */
  onIdle(): void;
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
    if (this.#events === 0) this.#deps.onBusy();
    this.#events += 1;
    this.#bytes += entry.bytes;
  }

  /** @param drop null: stored */
  settle(entry: Entry, drop: Drop | null): void {
    if (entry.outcome !== null) return;
    const isKept = this.#deps.spool?.holds(entry) === true;
    this.#deps.spool?.settle(entry, drop);
    entry.outcome = drop === null ? stored : { status: 'dropped', ...drop };
    this.#deps.slab.release(entry);
    if (drop === null) this.tally.noteStored();
    else this.#noteDrop(entry, drop, isKept);
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
    if (this.#events === 0) this.#deps.onIdle();
    if (this.#room === null || this.admit(0) !== 'fits') return;
    this.#room.resolve();
    this.#room = null;
  }

  #noteDrop({ eventId, sessionId }: Entry, drop: Drop, isKept: boolean): void {
    this.tally.noteDropped(drop.reason);
    if (!isKept || drop.reason !== 'closed') this.#deps.onLost(drop);
    const { onDrop } = this.#deps;
    if (onDrop === null) return;
    // What the callback throws is nobody's to catch here, and must not end the application.
    Promise.resolve({ event_id: eventId, session_id: sessionId, ...drop })
      .then(onDrop)
      .catch(() => undefined);
  }
}

function makeRoom() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
