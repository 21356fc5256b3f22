import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Expired } from '../domain/event-store.ts';
import { systemClock } from '../clock.ts';
import { createAlertMetrics } from './alert-metrics.ts';
import type { AlertMetrics } from './alert-metrics.ts';
import type { CommitReport } from '../ingest/committer.ts';
import { shareRecent } from '../recent.ts';
import { createDeliveryMetrics } from './delivery-metrics.ts';
import type { CountDelivery } from './delivery-metrics.ts';
import { watchBodies, watchSources } from './watched-figures.ts';
import type { BodyStats, WatchedSources } from './watched-figures.ts';

/** Why something is not stored. The whole list. */
export type DropReason = 'event_never_arrived' | 'sampled_out' | 'spool_refused';

/** What was asked for too much of. */
export type LimitedThing = 'reads' | 'streams' | 'requests' | 'events' | 'writes';

/** Whose limit it was. `wait`: its project kept a request waiting for too long. */
export type LimitOwner = 'key' | 'project' | 'organisation' | 'all' | 'wait';

/** What the service counts and times, for Prometheus. Labels are names from fixed lists, never what a client sent. */
export interface Metrics extends AlertMetrics {
  /** A request that was answered. */
  request(request: { operation: string; status: number; durationMs: number }): void;
  /** A group of writes that was stored, or could not be. */
  commit(report: CommitReport): void;
  /** A read of the event store. `failure` is the name of the error, null if absent. */
  read(read: { name: string; durationMs: number; failure: string | null }): void;
  /** Something that will never be stored, and why. */
  dropped(reason: DropReason, count: number): void;
  /** A request that was refused because its key, its project or all together asked for too much. */
  refused(what: LimitedThing, by: LimitOwner): void;
  /** How long a request that reads waited for its turn. */
  readWaited(waitedMs: number): void;
  /** Sessions that were deleted because of their age, or payloads; null: that could not be done. */
  retention(deleted: (Expired & { durationMs: number }) | null): void;
  /** Events whose inputs and outputs were deleted because of their age. */
  emptied(eventCount: number): void;
  /** An attempt to deliver a notification. */
  readonly delivery: CountDelivery;
  /** Where the figures come from that are read when somebody asks. */
  watch(sources: WatchedSources): void;
  /** Where the figures of the bodies come from. */
  watchBodies(read: () => BodyStats): void;
  /** All of it, in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const bytesBuckets = [1e3, 1e4, 1e5, 1e6, 4e6, 16e6, 64e6];
const sizeBuckets = [1, 10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000];

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'honeyhive_info',
    help: 'Version of the service.',
    labelNames: ['version'],
    registers,
  })
    .labels(version)
    .set(1);
  const ingest = createIngestMetrics(registry);
  const requests = new Histogram({
    name: 'honeyhive_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['operation', 'status'],
    buckets: secondsBuckets,
    registers,
  });
  const reads = createReadMetrics(registry);
  const dropped = new Counter({
    name: 'honeyhive_dropped_total',
    help: 'What will never be stored, by reason.',
    labelNames: ['reason'],
    registers,
  });
  return {
    request: ({ operation, status, durationMs }) =>
      requests.labels(operation, String(status)).observe(durationMs / 1000),
    commit: ingest.commit,
    read: reads.read,
    dropped: (reason, count) => dropped.labels(reason).inc(count),
    ...createLimitMetrics(registry),
    ...createRetentionMetrics(registry),
    ...createAlertMetrics(registry),
    delivery: createDeliveryMetrics(registry),
    watch: (sources) => watchSources(registry, sources),
    watchBodies: (read) => watchBodies(registry, read),
    text: shareRecent(() => registry.metrics(), { keepMs: 0, clock: systemClock }),
    contentType: registry.contentType,
  };
}

function createLimitMetrics(registry: Registry): Pick<Metrics, 'refused' | 'readWaited'> {
  const registers = [registry];
  const refused = new Counter({
    name: 'honeyhive_refused_total',
    help: 'Requests refused with 429, or with 503 where `by` is all: what there was too much of, and whose limit it was.',
    labelNames: ['what', 'by'],
    registers,
  });
  const waits = new Histogram({
    name: 'honeyhive_read_wait_seconds',
    help: 'Time that a request that reads waited for its turn.',
    buckets: secondsBuckets,
    registers,
  });
  return {
    refused: (what, by) => refused.labels(what, by).inc(),
    readWaited: (waitedMs) => waits.observe(waitedMs / 1000),
  };
}

function createRetentionMetrics(registry: Registry): Pick<Metrics, 'retention' | 'emptied'> {
  const registers = [registry];
  const sessions = new Counter({
    name: 'honeyhive_retention_sessions_total',
    help: 'Sessions deleted because of their age.',
    registers,
  });
  const events = new Counter({
    name: 'honeyhive_retention_events_total',
    help: 'Events deleted because of their age.',
    registers,
  });
  const seconds = new Histogram({
    name: 'honeyhive_retention_seconds',
    help: 'Time to delete the expired sessions of one project.',
    buckets: secondsBuckets,
    registers,
  });
  const failures = new Counter({
    name: 'honeyhive_retention_failures_total',
    help: 'Times that the expired sessions of a project, or their payloads, could not be deleted.',
    registers,
  });
  const emptied = new Counter({
    name: 'honeyhive_retention_emptied_events_total',
    help: 'Events whose inputs and outputs were deleted because of their age.',
    registers,
  });
  return {
    retention(deleted) {
      if (deleted === null) {
        failures.inc();
        return;
      }
      sessions.inc(deleted.sessionCount);
      events.inc(deleted.eventCount);
      seconds.observe(deleted.durationMs / 1000);
    },
    emptied: (eventCount) => emptied.inc(eventCount),
  };
}

function createReadMetrics(registry: Registry): Pick<Metrics, 'read'> {
  const registers = [registry];
  const reads = new Histogram({
    name: 'honeyhive_store_read_seconds',
    help: 'Time of a read of the event store, waiting for a session included.',
    labelNames: ['read'],
    buckets: secondsBuckets,
    registers,
  });
  const readFailures = new Counter({
    name: 'honeyhive_store_read_failures_total',
    help: 'Reads of the event store that failed, by the kind of error.',
    labelNames: ['read', 'error'],
    registers,
  });
  return {
    read({ name, durationMs, failure }) {
      reads.labels(name).observe(durationMs / 1000);
      if (failure !== null) readFailures.labels(name, failure).inc();
    },
  };
}

function createIngestMetrics(registry: Registry): Pick<Metrics, 'commit'> {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'honeyhive_commit_seconds',
    help: 'Time to store one group of writes, the reads before its insert included.',
    labelNames: ['outcome'],
    buckets: secondsBuckets,
    registers,
  });
  const requests = new Histogram({
    name: 'honeyhive_commit_requests',
    help: 'Requests in one group of writes.',
    buckets: sizeBuckets,
    registers,
  });
  const rows = new Histogram({
    name: 'honeyhive_commit_events',
    help: 'Versions of events in one group of writes.',
    buckets: sizeBuckets,
    registers,
  });
  const sizes = new Histogram({
    name: 'honeyhive_commit_bytes',
    help: 'Bytes of the requests in one group of writes.',
    buckets: bytesBuckets,
    registers,
  });
  return {
    commit({ durationMs, requestCount, eventCount, bytes }) {
      sizes.observe(bytes);
      seconds.labels(eventCount === null ? 'failed' : 'stored').observe(durationMs / 1000);
      requests.observe(requestCount);
      if (eventCount !== null) rows.observe(eventCount);
    },
  };
}
