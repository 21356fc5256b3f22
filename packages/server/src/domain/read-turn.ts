/** What a read of the event store is done for, and how much of the engine it may take. */
export interface ReadTurn {
  /** Project, or key that is bound to none: those who wait for readers are distinguished by it. */
  readonly share: string;
  /** Aborts when nobody waits for the answer any more, or when it took too long. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left for the queries of the request. */
  leftMs(): number;
  /** Whether the share used much more than another one that is active: its queries then make room. */
  isAhead(): boolean;
}
