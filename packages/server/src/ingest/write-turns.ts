/** The right to write to some sessions and events. */
export interface WriteTurn {
  /**
   * Larger than that of every turn that had one of these ids before: a row with a version made of it beats what an
   * earlier turn still writes. null: no other server writes, so that versions count on.
   */
  readonly number: number | null;
  /** Those of the ids that another server may write to meanwhile. */
  missing(ids: readonly string[]): string[];
}

/**
 * Lets one server at a time write to a session, an event or a trace, by its id. An event is written to with its own id
 * and that of its session: what an update reads, it still finds when it writes.
 */
export interface WriteTurns {
  /** Whether other servers write as well: then nothing that was read in an earlier turn counts. */
  readonly isShared: boolean;
  /** Numbers of turns that this process had lately, and whose work was done. */
  ownNumbers(): readonly number[];
  /**
   * Does the work while no other server has a turn with one of the ids.
   *
   * @throws {StoreUnavailable} the turn ended before the work did, or others took too long: what the work has written
   *   may be there, and counts as not acknowledged
   */
  run<Result>(ids: readonly string[], work: (turn: WriteTurn) => Promise<Result>): Promise<Result>;
}

/** Turns of a process that has its stores for itself. */
export const localWriteTurns: WriteTurns = {
  isShared: false,
  ownNumbers: () => [],
  run: (_ids, work) => work({ number: null, missing: () => [] }),
};
