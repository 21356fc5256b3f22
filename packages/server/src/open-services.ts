import type { Logger } from 'pino';
import { systemClock, type Clock } from './clock.ts';
import type { Closers } from './closers.ts';
import type { ServerConfig } from './config.ts';
import { noOtherWrites } from './domain/other-writes.ts';
import type { OtherWrites } from './domain/other-writes.ts';
import type { EventStore, StoreStats } from './domain/event-store.ts';
import type { MetadataStore } from './open-metadata.ts';
import { createAuditLog } from './audit/audit-log.ts';
import type { ReadGate } from './fairness/read-gate.ts';
import type { Committer } from './ingest/committer.ts';
import type { LiveStreams } from './live/live-streams.ts';
import { createSampler } from './ingest/sampler.ts';
import type { SamplerDeps } from './ingest/sampler.ts';
import { SetAside } from './ingest/set-aside.ts';
import { createSamplingRates } from './ingest/sampling-rates.ts';
import type { WriteSpool } from './ingest/write-spool.ts';
import { createWriteHealth } from './ingest/write-health.ts';
import { publishInserts } from './ingest/stored-feed.ts';
import type { Metrics } from './observe/metrics.ts';
import { logWriteHealth } from './observe/write-health-log.ts';
import { timeReads } from './observe/timed-store.ts';
import { findUnreadEvents, openConfiguredEvents } from './configured-events.ts';
import { openCommitter } from './open-committer.ts';
import { openDelivery } from './open-delivery.ts';
import { openState } from './open-state.ts';
import { rememberProjects } from './projects/recent-projects.ts';
import { createKeyUses } from './keys/key-uses.ts';
import { openPricing } from './prices/pricing.ts';
import { createReadServices } from './read-services.ts';
import { evictOthers } from './state/evict-others.ts';
import { runAlone } from './state/run-alone.ts';
import type { SharedState } from './state/shared-state.ts';
import { shareRecent } from './recent.ts';
import { version } from './version.ts';

async function openEvents(
  config: ServerConfig,
  { logger, state }: { readonly logger: Logger; readonly state: SharedState },
  closers: Closers,
): Promise<EventStore> {
  const unread = await findUnreadEvents(config);
  if (unread !== null)
    logger.warn({ path: unread }, 'events in the data folder are not read: others are configured');
  const { writeTurns, leases } = state;
  const store = await openConfiguredEvents(config, {
    ownTurns: writeTurns.isShared ? writeTurns.ownNumbers : null,
    runAlone: (work) => runAlone(leases, 'event schema', work),
    onMigration: (step) => logger.info(step, 'changing the schema of the event store'),
  });
  closers.push(() => store.close());
  store.others.subscribe(evictOthers(state));
  closers.push(followOthers(store.others));
  return store;
}

/** How often a server that nobody asks anything learns what others store: what is new at a time stays little. */
const followMs = 5_000;

/** @returns what ends it */
function followOthers(others: OtherWrites): () => void {
  if (others === noOtherWrites) return () => undefined;
  // The next read tries it again, and gets the error.
  return systemClock.every(followMs, () => void others.catchUp().catch(() => undefined));
}

async function openRecords(
  config: ServerConfig,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  closers: Closers,
) {
  const opened = await openState(config, { clock, logger }, closers);
  const metadata = rememberProjects(opened.metadata, clock);
  const keyUses = createKeyUses({ metadata, clock, logger });
  closers.push(() => keyUses.close());
  return { metadata, state: opened.state, keyUses };
}

/** Opens the stores and what writes to them. */
export async function openServices(
  config: ServerConfig,
  { metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger },
  closers: Closers,
) {
  const clock = systemClock;
  const { metadata, state, keyUses } = await openRecords(config, { clock, logger }, closers);
  const store = await openEvents(config, { logger, state }, closers);
  const events = publishInserts(timeReads(store, metrics, clock), state.feed);
  const { seenIds, loading } = await state.loadSeenIds(store, logger);
  closers.push(() => loading);
  const writeHealth = createWriteHealth({ events, clock, onChange: logWriteHealth(logger) });
  const reads = createReadServices(config, { ...state, metadata, clock, metrics });
  const pricing = await openPricing(config, { metadata, clock });
  const { committer, spool } = await openCommitter(
    config,
    {
      ...state,
      events,
      metadata,
      seenIds,
      clock,
      maxQueueBytes: config.maxQueueBytes,
      health: writeHealth,
      pricing,
      hasOtherReaders: (share) => reads.readGate.hasOthers(share),
      onCommit: metrics.commit,
    },
    { logger, metrics, closers },
  );
  const { pingStore, readStats } = shareQuestions(store, metadata, clock);
  watchServices(metrics, { committer, spool, readStats, metadata, ...reads });
  return {
    events,
    pingStore,
    metadata,
    committer,
    spool,
    pricing,
    writeHealth,
    seenIds,
    ...createSampling(config, { metadata, clock, metrics, events, seenIds }),
    ...readFacts(config, clock),
    ...state,
    ...reads,
    ...(await openDelivery(config, { metadata, clock })),
    keyUses,
    audit: createAuditLog({ metadata, clock, logger }),
  };
}

/** What handlers need of the settings. */
const readFacts = ({ maxBatchEvents, createProjects, basePath }: ServerConfig, clock: Clock) => ({
  version,
  clock,
  startedMs: clock.monotonicMs(),
  maxBatchEvents,
  createsProjects: createProjects === 'by-sending',
  basePath,
});

/** Which sessions a project keeps. */
function createSampling(
  config: ServerConfig,
  deps: Pick<SamplerDeps, 'events' | 'seenIds'> & {
    readonly metadata: MetadataStore;
    readonly clock: Clock;
    readonly metrics: Metrics;
  },
) {
  const { metadata, clock, metrics } = deps;
  const samplingRates = createSamplingRates(metadata, clock);
  const limits = { maxBytes: config.samplingHoldBytes, maxAgeMs: config.samplingHoldMs };
  const sampler = createSampler({
    ...deps,
    rates: samplingRates,
    aside: new SetAside(limits, clock.now()),
    now: clock.now,
    onDropped: (count) => metrics.dropped('sampled_out', count),
  });
  return { samplingRates, sampler };
}

const watchServices = (
  metrics: Metrics,
  {
    committer,
    spool,
    readStats,
    metadata,
    readGate,
    live,
  }: {
    readonly spool: WriteSpool | null;
    readonly committer: Pick<Committer, 'stats'>;
    readonly metadata: Pick<MetadataStore, 'measureHeldPatches' | 'measureDeliveries'>;
    readonly readGate: Pick<ReadGate, 'stats'>;
    readonly live: Pick<LiveStreams, 'count'>;
    readonly readStats: () => Promise<StoreStats>;
  },
): void =>
  metrics.watch({
    spool: spool && (() => spool.stats()),
    queue: () => committer.stats(),
    reads: () => readGate.stats(),
    streams: () => live.count(),
    store: readStats,
    held: async () => (await metadata.measureHeldPatches()).all,
    deliveries: () => metadata.measureDeliveries(),
  });

/** What anybody may ask without a key costs the store a question a second, however many ask. */
const shareQuestions = (
  store: EventStore,
  metadata: Pick<MetadataStore, 'pingMetadata'>,
  clock: Clock,
) => ({
  pingStore: shareRecent(() => pingStores(store, metadata), { keepMs: 1_000, clock }),
  readStats: shareRecent(() => store.readStats(), { keepMs: 1_000, clock }),
});

/** @returns how long the event store took to answer, milliseconds */
async function pingStores(
  store: Pick<EventStore, 'ping'>,
  metadata: Pick<MetadataStore, 'pingMetadata'>,
): Promise<number> {
  await metadata.pingMetadata();
  return store.ping();
}
