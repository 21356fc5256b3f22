import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { Metrics } from './metrics.ts';

/** The store, with every read of it timed by its name. */
export function timeReads(store: EventStore, metrics: Metrics, clock: Clock): EventStore {
  const timed =
    <Args extends readonly unknown[], Result>(
      name: string,
      read: (...args: Args) => Promise<Result>,
    ) =>
    async (...args: Args): Promise<Result> => {
      const start = clock.monotonicMs();
      const report = (failure: string | null): void =>
        metrics.read({ name, durationMs: clock.monotonicMs() - start, failure });
      try {
        const result = await read(...args);
        report(null);
        return result;
      } catch (error) {
        report(error instanceof Error ? error.name : 'unknown');
        throw error;
      }
    };
  return {
    ...store,
    readHeads: timed('heads', store.readHeads),
    readEvents: timed('events', store.readEvents),
    readSession: timed('session', store.readSession),
    listEvents: timed('list', store.listEvents),
    countEvents: timed('count', store.countEvents),
    readRollups: timed('rollups', store.readRollups),
    readProjectCounts: timed('project_counts', store.readProjectCounts),
    readChart: timed('chart', store.readChart),
    readCatalogue: timed('catalogue', store.readCatalogue),
    explore: {
      readRows: timed('rows', store.explore.readRows),
      countRows: timed('row_count', store.explore.countRows),
      readHistogram: timed('histogram', store.explore.readHistogram),
      readSeries: timed('series', store.explore.readSeries),
      readGroups: timed('groups', store.explore.readGroups),
      readDurations: timed('durations', store.explore.readDurations),
      readFields: timed('fields', store.explore.readFields),
      readValues: timed('values', store.explore.readValues),
      findInSession: timed('find', store.explore.findInSession),
      readExpired: timed('expired', store.explore.readExpired),
      readValueCounts: timed('value_counts', store.explore.readValueCounts),
      readMatching: timed('matching', store.explore.readMatching),
      readChanged: timed('changed', store.explore.readChanged),
      readRoots: timed('roots', store.explore.readRoots),
      readSessionMark: timed('session_mark', store.explore.readSessionMark),
      readSkeleton: timed('skeleton', store.explore.readSkeleton),
    },
  };
}
