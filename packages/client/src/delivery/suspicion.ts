/**
 * What is held against a batch that fails in a way that one event may cause.
 *
 * The parts of a batch inherit it: what was stored is out of it, and what is left was in every failure.
 */
export interface Suspicion {
  /** Tries that failed. */
  readonly tries: number;
  /** Those of them before which others were stored since the try before: the service works, and not for this. */
  readonly strikes: number;
  /** Batches of all that had been stored when it failed last. */
  readonly storedBefore: number;
}

const enoughTries = 10;

/** Nothing is held against a batch that is sent for the first time. */
export const unsuspected = (storedCount: number): Suspicion => ({
  tries: 0,
  strikes: 0,
  storedBefore: storedCount,
});

/** The tries of one batch. */
export interface Tried {
  readonly events: number;
  /** Whether it is a part of a batch that failed so often that it was split, or an event that was set aside. */
  readonly isBlamed: boolean;
  /** How often this very batch failed in such a way. */
  readonly failures: number;
  /** Whether others were stored between its last two failures. */
  readonly areOthersStored: boolean;
  readonly suspicion: Suspicion;
}

/** @param inherited of its earlier tries */
export const untried = (events: number, inherited: Suspicion, isBlamed: boolean): Tried => ({
  events,
  isBlamed,
  failures: 0,
  areOthersStored: false,
  suspicion: inherited,
});

/** A part of a batch. At least half of the tries that count are to be its own. */
export const partOf = (
  { isBlamed, suspicion }: Tried,
  events: number,
  isFailing: boolean,
): Tried => {
  const tries = Math.min(suspicion.tries, enoughTries / 2);
  return untried(events, { ...suspicion, tries }, isBlamed || isFailing);
};

/** The same after one more failure, when so many batches have been stored. */
export function noteFailure(tried: Tried, storedCount: number): Tried {
  const { tries, strikes, storedBefore } = tried.suspicion;
  const areOthersStored = storedCount !== storedBefore;
  return {
    ...tried,
    failures: tried.failures + 1,
    areOthersStored,
    suspicion: {
      tries: tries + 1,
      strikes: strikes + (areOthersStored ? 1 : 0),
      storedBefore: storedCount,
    },
  };
}

/** The beginning of an outage looks like one strike: a slow success arrives after the first failures. */
const enoughStrikes = 3;

/** Whether to drop an event that fails on its own. Never while everything fails. */
export const isGuilty = ({ tries, strikes }: Suspicion): boolean =>
  tries >= enoughTries && strikes >= enoughStrikes;
