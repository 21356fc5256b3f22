import { noOtherWrites } from '../../../domain/other-writes.ts';
import type { OtherWrites } from '../../../domain/other-writes.ts';
import type { EventEngine } from '../engine/engine.ts';

/** Maximum number of recorded projects and hours; beyond it, everything counts as written to. */
const maxPositions = 100_000;

/** An hour of a project. */
export interface WrittenHour {
  readonly projectId: string;
  readonly hour: number;
}

/**
 * Which hours of which projects were written to, in the order of writes: what was read of an hour before its last write
 * is stale. A write marks its hours when it has ended, successful or not, and before it is acknowledged.
 */
export interface WrittenHours {
  /** Resolves when everything that other servers stored before the call is marked. */
  catchUp(): Promise<void>;
  /** A read that begins now sees every write that is marked. */
  now(): number;
  mark(projectId: string, hour: number): void;
  /** Runs a write, during which its hours count as written to at any moment. */
  during(hours: readonly WrittenHour[], write: () => Promise<void>): Promise<void>;
  markAll(): void;
  /** Hours of the projects that were written to after the moment, or are being written to; null: it may be any. */
  since(projectIds: readonly string[], moment: number): number[] | null;
}

/** The writes of this process, and those of others. */
export function createWrittenHours(
  others: Pick<OtherWrites, 'catchUp'> = noOtherWrites,
): WrittenHours {
  const projects = new Map<string, Map<number, number>>();
  const running = new Set<readonly WrittenHour[]>();
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
  const mark = (projectId: string, hour: number): void => {
    const hours = projects.get(projectId) ?? new Map<number, number>();
    projects.set(projectId, hours);
    moment += 1;
    if (!hours.has(hour)) placeCount += 1;
    hours.set(hour, moment);
    if (placeCount > maxPositions) markAll();
  };
  const runningHours = (projectIds: readonly string[]): number[] =>
    [...running]
      .flat()
      .flatMap(({ projectId, hour }) => (projectIds.includes(projectId) ? [hour] : []));
  return {
    catchUp: others.catchUp,
    now: () => moment,
    mark,
    async during(hours, write) {
      running.add(hours);
      try {
        await write();
      } finally {
        running.delete(hours);
        for (const { projectId, hour } of hours) mark(projectId, hour);
      }
    },
    markAll,
    since(projectIds, earlier) {
      if (earlier < floor) return null;
      const ended = projectIds.flatMap((projectId) =>
        [...(projects.get(projectId) ?? [])].flatMap(([hour, at]) => (at > earlier ? [hour] : [])),
      );
      return [...ended, ...runningHours(projectIds)];
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
