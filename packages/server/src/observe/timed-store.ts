import type { Clock } from '../clock.ts';
import type { EventReads, EventStore } from '../domain/event-store.ts';
import type { Metrics } from './metrics.ts';

/** The store, with every read of it timed by its name. */
export const timeReads = (store: EventStore, metrics: Metrics, clock: Clock): EventStore => ({
  ...store,
  ...timed(store, metrics, clock),
  readsFor: (turn) => timed(store.readsFor(turn), metrics, clock),
});

function timed(store: EventReads, metrics: Metrics, clock: Clock): EventReads {
  const time =
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
    readHeads: time('heads', store.readHeads),
    readEvents: time('events', store.readEvents),
    readSession: time('session', store.readSession),
    listEvents: time('list', store.listEvents),
    countEvents: time('count', store.countEvents),
    readRollups: time('rollups', store.readRollups),
    readProjectCounts: time('project_counts', store.readProjectCounts),
    readChart: time('chart', store.readChart),
    readCatalogue: time('catalogue', store.readCatalogue),
    explore: {
      readRows: time('rows', store.explore.readRows),
      countRows: time('row_count', store.explore.countRows),
      readHistogram: time('histogram', store.explore.readHistogram),
      readSeries: time('series', store.explore.readSeries),
      readGroups: time('groups', store.explore.readGroups),
      readDurations: time('durations', store.explore.readDurations),
      readFields: time('fields', store.explore.readFields),
      readValues: time('values', store.explore.readValues),
      findInSession: time('find', store.explore.findInSession),
      readExpired: time('expired', store.explore.readExpired),
      readValueCounts: time('value_counts', store.explore.readValueCounts),
      readMatching: time('matching', store.explore.readMatching),
      readChanged: time('changed', store.explore.readChanged),
      readRoots: time('roots', store.explore.readRoots),
      readSessionMark: time('session_mark', store.explore.readSessionMark),
      readSkeleton: time('skeleton', store.explore.readSkeleton),
    },
  };
}
