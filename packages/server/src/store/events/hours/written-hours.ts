import type { EventEngine } from '../engine/engine.ts';

/** Projects and hours that are remembered one by one; beyond it, everything counts as written to. */
const maxPlaces = 100_000;

/**
 * Which hours of which projects were written to, in the order of writes: what was read of an hour before its last
 * write is out of date. A place is marked when its write has ended, well or not, and before anybody is told.
 */
export class WrittenHours {
  #moment = 0;
  /** Up to here, everything counts as written to. */
  #floor = 0;
  #placeCount = 0;
  readonly #projects = new Map<string, Map<number, number>>();

  /** A read that begins now sees every write that is marked. */
  now(): number {
    return this.#moment;
  }

  mark(projectId: string, hour: number): void {
    const hours = this.#projects.get(projectId) ?? new Map<number, number>();
    this.#projects.set(projectId, hours);
    this.#moment += 1;
    if (!hours.has(hour)) this.#placeCount += 1;
    hours.set(hour, this.#moment);
    if (this.#placeCount > maxPlaces) this.markAll();
  }

  markAll(): void {
    this.#moment += 1;
    this.#floor = this.#moment;
    this.#placeCount = 0;
    this.#projects.clear();
  }

  /** Hours of the projects that were written to after the moment; null: it may be any. */
  since(projectIds: readonly string[], moment: number): number[] | null {
    if (moment < this.#floor) return null;
    return projectIds.flatMap((projectId) =>
      [...(this.#projects.get(projectId) ?? [])].flatMap(([hour, at]) =>
        at > moment ? [hour] : [],
      ),
    );
  }
}

/** The engine, whose commands count as written to everything: they may remove anything. */
export const markCommands = (engine: EventEngine, markAll: () => void): EventEngine => ({
  insert: (batch) => engine.insert(batch),
  query: (statement, signal, turn) => engine.query(statement, signal, turn),
  async command(statement) {
    try {
      await engine.command(statement);
    } finally {
      markAll();
    }
  },
  close: () => engine.close(),
});
