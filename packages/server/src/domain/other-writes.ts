/** An event of which another server stored a version. */
export interface OtherRow {
  readonly projectId: string;
  /** Hour of its start, since the epoch. */
  readonly hour: number;
  readonly sessionId: string;
  readonly eventId: string;
}

/** Is called with what other servers wrote: whatever is cached of that is stale. */
export interface OtherWritesListener {
  rows(rows: readonly OtherRow[]): void;
  /**
   * Anything may have changed.
   *
   * @param areAdded whether events may have been added; else they were only changed or deleted
   */
  all(areAdded: boolean): void;
}

/** What other servers write to the event store. */
export interface OtherWrites {
  /** Whether rows are reported; else anything may have changed at each call. */
  readonly areReported: boolean;
  /** Resolves when listeners know of everything that was stored before the call. */
  catchUp(): Promise<void>;
  subscribe(listener: OtherWritesListener): void;
}

/** Of a store that this process has for itself. */
export const noOtherWrites: OtherWrites = {
  areReported: true,
  catchUp: () => Promise.resolve(),
  subscribe: () => undefined,
};
