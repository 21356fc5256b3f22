import type { Clock } from '../clock.ts';
import type { EventReads, EventStore } from '../domain/event-store.ts';
import type { ExploreStore } from '../domain/explore-store.ts';
import type { Metrics } from './metrics.ts';

/** The store, with every read of it timed by its name. */
export const timeReads = (store: EventStore, metrics: Metrics, clock: Clock): EventStore => ({
  ...store,
  ...timed(store, metrics, clock),
  readsFor: (turn) => timed(store.readsFor(turn), metrics, clock),
});

type Time = <Args extends readonly unknown[], Result>(
  name: string,
  read: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

const createTime =
  (metrics: Metrics, clock: Clock): Time =>
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

function timed(store: EventReads, metrics: Metrics, clock: Clock): EventReads {
  const time = createTime(metrics, clock);
  return {
    ...store,
    readHeads: time('heads', store.readHeads),
    readEvents: time('events', store.readEvents),
    readSession: time('session', store.readSession),
    readUseLinks: time('use_links', store.readUseLinks),
    listEvents: time('list', store.listEvents),
    countEvents: time('count', store.countEvents),
    readRollups: time('rollups', store.readRollups),
    readProjectCounts: time('project_counts', store.readProjectCounts),
    readChart: time('chart', store.readChart),
    readCatalogue: time('catalogue', store.readCatalogue),
    explore: timedExplore(store.explore, time),
    alerts: {
      readWindow: time('alert_window', store.alerts.readWindow),
      readWindows: time('alert_windows', store.alerts.readWindows),
      readParts: time('alert_parts', store.alerts.readParts),
      readArrived: time('alert_events', store.alerts.readArrived),
      readLoops: time('alert_sessions', store.alerts.readLoops),
    },
  };
}

const timedExplore = (explore: ExploreStore, time: Time): ExploreStore => ({
  readRows: time('rows', explore.readRows),
  countRows: time('row_count', explore.countRows),
  readHistogram: time('histogram', explore.readHistogram),
  readSeries: time('series', explore.readSeries),
  readGroups: time('groups', explore.readGroups),
  readDurations: time('durations', explore.readDurations),
  readFields: time('fields', explore.readFields),
  readValues: time('values', explore.readValues),
  findInSession: time('find', explore.findInSession),
  readExpired: time('expired', explore.readExpired),
  readEmptiable: time('emptiable', explore.readEmptiable),
  readValueCounts: time('value_counts', explore.readValueCounts),
  readUnpriced: time('unpriced', explore.readUnpriced),
  readComputed: time('computed', explore.readComputed),
  readMatching: time('matching', explore.readMatching),
  readChanged: time('changed', explore.readChanged),
  readRoots: time('roots', explore.readRoots),
  readSessionMark: time('session_mark', explore.readSessionMark),
  readSkeleton: time('skeleton', explore.readSkeleton),
});
