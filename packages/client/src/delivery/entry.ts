import type { DeliveryOutcome } from './outcome.ts';

/** An event in the queue, as it was when it was logged. */
export interface Entry {
  readonly eventId: string;
  readonly sessionId: string;
  /** In the order of the calls, from 1. */
  readonly sequence: number;
  /** Where there is one, it stands in the place of the first brace of the text. */
  readonly head: string;
  /** JSON; empty once the entry is settled. */
  text: string;
  /** Of the JSON as UTF-8. */
  readonly bytes: number;
  /** Counted against the bounds of the queue. */
  isHeld: boolean;
  /** Neither taken for a batch nor settled. */
  isQueued: boolean;
  /** null until the entry is settled. */
  outcome: DeliveryOutcome | null;
  /** Set by whoever waits for the outcome. */
  onSettled: ((outcome: DeliveryOutcome) => void) | null;
}
