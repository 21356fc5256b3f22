/**
 * Which server does the background work that only one may do at a time, such as deleting what has expired.
 * [ADR 24](../../../../docs/adr/0024-shared-state.md) says how several servers agree on it.
 */
export interface Leases {
  /**
   * Runs the work unless work of this name runs already, here or in another server.
   *
   * @param work must end soon after its signal aborts: then the lease is lost, and another server may begin
   * @returns whether it ran
   */
  run(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean>;
}

/** Leases of a process that has its stores for itself: none is ever lost. */
export function createLocalLeases(): Leases {
  const held = new Set<string>();
  return {
    async run(name, work) {
      if (held.has(name)) return false;
      held.add(name);
      try {
        await work(new AbortController().signal);
        return true;
      } finally {
        held.delete(name);
      }
    },
  };
}
