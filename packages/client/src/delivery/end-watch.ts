import type { Accounts } from './accounts.ts';
import { toBodies } from './body.ts';
import type { Entry } from './entry.ts';
import type { DeliveryReport } from './outcome.ts';
import type { DeliveryPlatform, EndWatched } from './platform.ts';
import type { Pump } from './pump.ts';
import type { SessionLanes } from './session-lanes.ts';
import type { Spool } from './spool.ts';
import type { Suspects } from './suspects.ts';

/** The parts of a delivery that know what is pending. */
export interface EndParts {
  readonly accounts: Accounts;
  readonly lanes: SessionLanes;
  readonly pump: Pump;
  readonly spool: Spool | null;
  readonly suspects: Suspects;
}

/** What the end of the process does with a delivery. */
interface EndActions extends Pick<EndWatched, 'lastFailure'> {
  flush(timeoutMs: number): Promise<DeliveryReport>;
}

/** Watches for the end of the process while something is pending: a client that has delivered all is not held. */
export function createEndWatch(
  platform: DeliveryPlatform,
  { accounts, lanes, pump, spool, suspects }: EndParts,
  { flush, lastFailure }: EndActions,
) {
  let stop: (() => void) | null = null;
  const listPending = (): Entry[] =>
    // What was set aside may be of a batch that is still in flight.
    [...new Set([...pump.listUnderWay(), ...lanes.list(), ...suspects.list()])]
      .filter((entry) => entry.outcome === null && spool?.holds(entry) !== true)
      .sort((one, other) => one.sequence - other.sequence);
  const watched: EndWatched = {
    pending: () => accounts.tally.pending,
    stored: () => accounts.tally.stored,
    flush: async (timeoutMs) => void (await flush(timeoutMs)),
    drainToBodies: () => {
      spool?.flush();
      return toBodies(listPending(), pump.size);
    },
    lastFailure,
  };
  return {
    start() {
      stop = platform.watchEnd?.(watched) ?? null;
    },
    stop() {
      stop?.();
      stop = null;
    },
  };
}
