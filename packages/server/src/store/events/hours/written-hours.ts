import type { EventEngine } from '../engine/engine.ts';

/** Maximum number of recorded projects and hours; beyond it, everything counts as written to. */
const maxPositions = 100_000;

/**
 * Which hours of which projects were written to, in the order of writes: what was read of an hour before its last write
 * is stale. A write marks its hours when it has ended, successful or not, and before it is acknowledged.
 */
export interface WrittenHours {
  /** A read that begins now sees every write that is marked. */
  now(): number;
  mark(projectId: string, hour: number): void;
  markAll(): void;
  /** Hours of the projects that were written to after the moment; null: it may be any. */
  since(projectIds: readonly string[], moment: number): number[] | null;
}

/** The writes of this process. */
export function createWrittenHours(): WrittenHours {
  const projects = new Map<string, Map<number, number>>();
  let moment = 0;
  /** Up to here, everything counts as written to. */
  let floor = 0;
  let placeCount = 0;
  const markAll = (): void => {
    moment += 1;
    floor = moment;
    placeCount = 0;
    projects.clear();
  };
  return {
    now: () => moment,
    mark(projectId, hour) {
      const hours = projects.get(projectId) ?? new Map<number, number>();
      projects.set(projectId, hours);
      moment += 1;
      if (!hours.has(hour)) placeCount += 1;
      hours.set(hour, moment);
      if (placeCount > maxPositions) markAll();
    },
    markAll,
    since(projectIds, earlier) {
      if (earlier < floor) return null;
      return projectIds.flatMap((projectId) =>
        [...(projects.get(projectId) ?? [])].flatMap(([hour, at]) => (at > earlier ? [hour] : [])),
      );
    },
  };
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
