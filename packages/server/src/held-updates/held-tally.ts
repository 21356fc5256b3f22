import type { HeldTotal, HeldTotals } from './held-patch-store.ts';

const nothing: HeldTotal = { count: 0, bytes: 0 };

/** Held patches of some size that came or went. */
export interface HeldChange {
  readonly projectId: string | null;
  readonly bytes: number;
}

/** Counts of held patches, by project, kept in step with the table: each write asks for them. */
export class HeldTally implements HeldTotals {
  readonly #byProject = new Map<string | null, HeldTotal>();
  #all = nothing;

  get all(): HeldTotal {
    return this.#all;
  }

  of(projectId: string | null): HeldTotal {
    return this.#byProject.get(projectId) ?? nothing;
  }

  add(projectId: string | null, { count, bytes }: HeldTotal): void {
    const before = this.of(projectId);
    const after = { count: before.count + count, bytes: before.bytes + bytes };
    if (after.count === 0) this.#byProject.delete(projectId);
    else this.#byProject.set(projectId, after);
    this.#all = { count: this.#all.count + count, bytes: this.#all.bytes + bytes };
  }

  came({ projectId, bytes }: HeldChange): void {
    this.add(projectId, { count: 1, bytes });
  }

  went({ projectId, bytes }: HeldChange): void {
    this.add(projectId, { count: -1, bytes: -bytes });
  }
}
