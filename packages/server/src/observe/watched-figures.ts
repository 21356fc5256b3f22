import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { systemClock } from '../clock.ts';
import type { DeliveryBacklog } from '../deliveries/delivery-store.ts';
import type { StoreStats } from '../domain/event-store.ts';
import type { HeldTotal } from '../held-updates/held-patch-store.ts';
import type { CommitterStats } from '../ingest/committer.ts';
import type { SpoolStats } from '../ingest/write-spool.ts';

/** Where the figures come from that are read when somebody asks. */
export interface WatchedSources {
  readonly queue: () => CommitterStats;
  readonly reads: () => { readonly waiting: number; readonly running: number };
  readonly streams: () => number;
  readonly store: () => Promise<StoreStats>;
  readonly held: () => Promise<HeldTotal>;
  readonly deliveries: () => Promise<DeliveryBacklog>;
  /** null: there is no spool. */
  readonly spool: (() => SpoolStats) | null;
}

export interface BodyStats {
  readonly bytes: number;
  readonly maxBytes: number;
}

export function watchSources(registry: Registry, sources: WatchedSources): void {
  watchQueue(registry, sources.queue);
  watchReads(registry, sources.reads, sources.streams);
  watchHeld(registry, sources.held);
  watchStore(registry, sources.store);
  watchDeliveries(registry, sources.deliveries);
  if (sources.spool !== null) watchSpool(registry, sources.spool);
}

type Figure<Stats> = readonly [name: string, help: string, of: (stats: Stats) => number];

/** A figure that cannot be read is NaN. */
function watchFigures<Stats>(
  registry: Registry,
  read: () => Stats | Promise<Stats>,
  figures: readonly Figure<Stats>[],
): void {
  for (const [name, help, of] of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          this.set(of(await read()));
        } catch {
          // A store is away: all other figures are asked for just then.
          this.set(NaN);
        }
      },
    });
  }
}

function watchReads(
  registry: Registry,
  read: WatchedSources['reads'],
  countStreams: WatchedSources['streams'],
): void {
  watchFigures(registry, read, [
    ['honeyhive_reads_waiting', 'Requests that wait for their turn to read.', (it) => it.waiting],
    ['honeyhive_reads_running', 'Requests that read.', (it) => it.running],
  ]);
  watchFigures(registry, countStreams, [
    ['honeyhive_streams', 'Streams that are open.', (count) => count],
  ]);
}

function watchDeliveries(registry: Registry, read: WatchedSources['deliveries']): void {
  watchFigures(registry, read, [
    ['honeyhive_alert_deliveries_pending', 'Notifications to deliver.', (it) => it.pending],
    [
      'honeyhive_alert_deliveries_oldest_seconds',
      'How long the oldest of them has waited.',
      ({ oldestAt }) => (oldestAt === null ? 0 : (systemClock.now() - oldestAt) / 1000),
    ],
  ]);
}

function watchQueue(registry: Registry, read: WatchedSources['queue']): void {
  watchFigures(registry, read, [
    ['honeyhive_queue_requests', 'Requests that wait to be stored.', ({ requests }) => requests],
    ['honeyhive_queue_bytes', 'Bytes that wait to be stored.', ({ bytes }) => bytes],
    ['honeyhive_queue_max_bytes', 'Most bytes that may wait.', ({ maxBytes }) => maxBytes],
    [
      'honeyhive_queue_oldest_seconds',
      'How long the oldest request has waited.',
      ({ oldestMs }) => oldestMs / 1000,
    ],
    [
      'honeyhive_queue_refused_requests',
      'Requests answered with 503 since the start, because the queue was full or closed.',
      ({ refusedRequests }) => refusedRequests,
    ],
  ]);
}

function watchSpool(registry: Registry, read: () => SpoolStats): void {
  watchFigures(registry, read, [
    [
      'honeyhive_spool_requests',
      'Requests that wait on the disk until the event store is back.',
      ({ requests }) => requests,
    ],
    ['honeyhive_spool_bytes', 'Bytes that wait there.', ({ bytes }) => bytes],
    ['honeyhive_spool_max_bytes', 'Most bytes that may wait there.', ({ maxBytes }) => maxBytes],
    [
      'honeyhive_spool_oldest_seconds',
      'How long the oldest of them has waited.',
      ({ oldestMs }) => oldestMs / 1000,
    ],
  ]);
}

function watchHeld(registry: Registry, read: WatchedSources['held']): void {
  watchFigures(registry, read, [
    ['honeyhive_held_updates', 'Updates that wait for their event.', ({ count }) => count],
    ['honeyhive_held_bytes', 'Bytes of updates that wait for their event.', ({ bytes }) => bytes],
  ]);
}

function watchStore(registry: Registry, read: WatchedSources['store']): void {
  watchFigures(registry, read, [
    ['honeyhive_store_rows', 'Versions of events that are kept.', ({ rowCount }) => rowCount],
    ['honeyhive_store_bytes', 'Size of the event table on disk.', ({ diskBytes }) => diskBytes],
    [
      'honeyhive_store_parts',
      'Active parts of the event table; merges keep them few.',
      ({ partCount }) => partCount,
    ],
  ]);
}

export function watchBodies(registry: Registry, read: () => BodyStats): void {
  watchFigures(registry, read, [
    ['honeyhive_bodies_bytes', 'Memory for bodies of requests not answered yet.', (s) => s.bytes],
    ['honeyhive_bodies_max_bytes', 'Most memory for bodies of requests.', (s) => s.maxBytes],
  ]);
}
