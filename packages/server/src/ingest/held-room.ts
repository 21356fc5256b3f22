import { limits } from 'honeyhive-wire';
import type { HeldTotal, HeldTotals } from '../held-updates/held-patch-store.ts';

/** Which limit a patch is over. */
export type HeldLimit =
  | 'heldUpdateBytes'
  | 'heldUpdates'
  | 'heldUpdatesBytes'
  | 'heldUpdatesTotalBytes';

export type HeldLimits = Readonly<Record<HeldLimit, number>>;

const nothing: HeldTotal = { count: 0, bytes: 0 };

/** How many more patches may be held, while a group of writes takes its share. */
export class HeldRoom {
  readonly #held: HeldTotals;
  readonly #limits: HeldLimits;
  readonly #taken = new Map<string | null, HeldTotal>();
  #takenBytes = 0;

  constructor(held: HeldTotals, bounds: HeldLimits = limits) {
    this.#held = held;
    this.#limits = bounds;
  }

  /** Reserves room for a patch; returns the exceeded limit if there is no room, and reserves nothing. */
  tryTake(projectId: string | null, bytes: number): HeldLimit | null {
    const taken = this.#taken.get(projectId) ?? nothing;
    const held = this.#held.of(projectId);
    const count = held.count + taken.count + 1;
    const projectBytes = held.bytes + taken.bytes + bytes;
    const bounds = this.#limits;
    if (bytes > bounds.heldUpdateBytes) return 'heldUpdateBytes';
    if (count > bounds.heldUpdates) return 'heldUpdates';
    if (projectBytes > bounds.heldUpdatesBytes) return 'heldUpdatesBytes';
    if (this.#held.all.bytes + this.#takenBytes + bytes > bounds.heldUpdatesTotalBytes)
      return 'heldUpdatesTotalBytes';
    this.#taken.set(projectId, { count: taken.count + 1, bytes: taken.bytes + bytes });
    this.#takenBytes += bytes;
    return null;
  }
}
