import type { DeliveryOutcome } from './outcome.ts';
import type { Place } from './slab.ts';

/** An event in the queue, as it was when it was logged. */
export interface Entry extends Place {
  readonly eventId: string;
  readonly sessionId: string;
  /** In the order of the calls, from 1. */
  readonly sequence: number;
  /** Counted against the bounds of the queue. */
  isHeld: boolean;
  /** Neither taken for a batch nor settled. */
  isQueued: boolean;
  /** null until the entry is settled. */
  outcome: DeliveryOutcome | null;
  /** Set by the caller that waits for the outcome. */
  onSettled: ((outcome: DeliveryOutcome) => void) | null;
}
