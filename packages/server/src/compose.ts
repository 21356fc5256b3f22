import { toOpenApi } from 'honeyhive-wire';
import pino from 'pino';
import type { Logger } from 'pino';
import { systemClock, type Clock } from './clock.ts';
import { findConfigWarnings } from './config.ts';
import type { ServerConfig } from './config.ts';
import type { EventStore, StoreStats } from './domain/event-store.ts';
import type { MetadataStore } from './domain/metadata-store.ts';
import { createReadGate } from './fairness/read-gate.ts';
import { createFailureLimit } from './handlers/failure-limit.ts';
import type { Services } from './handlers/handler.ts';
import { createSignInCodes } from './handlers/sign-in-codes.ts';
import { createLiveStreams } from './handlers/live/live-streams.ts';
import { createRejections } from './handlers/live/rejections.ts';
import { createSignIns } from './handlers/sign-ins.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { bindMetrics } from './http/bind-metrics.ts';
import type { BindMetricsOptions } from './http/bind-metrics.ts';
import { bindOperations } from './http/bind.ts';
import { createCors } from './http/cors.ts';
import { createEdge } from './http/edge.ts';
import { openBodies } from './http/open-bodies.ts';
import { createUiAnswer } from './http/ui-answer.ts';
import type { AnswerUi } from './http/ui-answer.ts';
import { findUiFolder, readUiFiles } from './http/ui-files.ts';
import { createCommitter } from './ingest/committer.ts';
import { createKnownRoots } from './ingest/known-roots.ts';
import { createSampler } from './ingest/sampler.ts';
import { createSamplingRates } from './ingest/sampling-rates.ts';
import { createWriteHealth } from './ingest/write-health.ts';
import { loadSeenIds } from './ingest/load-seen-ids.ts';
import { createStoredFeed, publishInserts } from './ingest/stored-feed.ts';
import { acquireLock } from './store/data-lock.ts';
import { makePrivate } from './store/private-folder.ts';
import { createMetrics } from './observe/metrics.ts';
import type { Metrics } from './observe/metrics.ts';
import { logWriteHealth } from './observe/write-health-log.ts';
import { timeReads } from './observe/timed-store.ts';
import { openEventStore } from './store/events/event-store.ts';
import { openMetadataStore } from './store/metadata/metadata-store.ts';
import { rememberProjects } from './store/metadata/recent-projects.ts';
import { enforceRetention } from './upkeep/enforce-retention.ts';
import { createKeyUses } from './handlers/key-uses.ts';
import { prepareFirstStart } from './first-start.ts';
import { readMetricsKey } from './secret-file.ts';
import { shareRecent } from './recent.ts';
import { expireHeldPatches } from './upkeep/expire-held-patches.ts';
import { version } from './version.ts';

/** Sessions whose roots are remembered: about 15 MB at the most. */
const knownRootCount = 100_000;

/**
 * Requests that read: how many run and wait. A screen of the UI sends about ten at once; those of one project that run
 * leave room for those of others.
 */
const gateLimits = {
  running: 8,
  runningOfShare: 6,
  waitingOfKey: 128,
  waitingOfShare: 256,
  waiting: 1_024,
};
const maxReadWaitMs = 10_000;

/** A service that accepts requests. */
export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly dataDir: string;
  /** Where the web UI is, for browsers on this machine. */
  readonly uiUrl: string;
  /** The key made on the first start, to be shown once, and a code that signs in to the UI with it; null on later starts. */
  readonly firstKey: {
    readonly project: string;
    readonly key: string;
    readonly signInCode: string;
  } | null;
  /** Stops accepting, answers what was accepted, closes the stores, releases the folder. */
  close(): Promise<void>;
}

/** Undoes what was opened, newest first, each step even when one before it failed. */
type Closers = (() => Promise<void> | void)[];

/**
 * Opens the stores and starts to listen.
 *
 * @throws when the data folder is held by another process, cannot be written, or the port is taken
 */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const logger = pino(
    { level: config.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    pino.destination({ dest: 2, sync: true }),
  );
  const closers: Closers = [];
  try {
    return await start(config, logger, closers);
  } catch (error) {
    await closeAll(closers, logger);
    throw error;
  }
}

async function start(
  config: ServerConfig,
  logger: Logger,
  closers: Closers,
): Promise<RunningServer> {
  for (const warning of findConfigWarnings(config)) logger.warn(warning);
  const metricsKey = await readMetricsKey(config.metricsKeyFile);
  const edge = createEdge(config);
  const narrowed = await makePrivate(config.dataDir);
  if (narrowed.length > 0) logger.warn({ paths: narrowed }, 'took permissions of other users away');
  const lock = await acquireLock(config.dataDir, config.port);
  closers.push(() => lock.release());
  const metrics = createMetrics(version);
  const services = await openServices(config, { metrics, logger }, closers);
  const { metadata, clock } = services;
  const upkeep = { ...services, metrics, logger };
  closers.push(expireHeldPatches(upkeep, config.heldPatchDays));
  closers.push(enforceRetention(upkeep, config.retentionIntervalMs));
  const first = await prepareFirstStart(metadata, clock.now(), config.firstKeyFile);
  // The framework's own news, such as where it listens, is told by whoever starts the service.
  const httpLogger = logger.child(
    {},
    { level: config.logLevel === 'info' ? 'warn' : config.logLevel },
  );
  const hasMetricsPort = config.metricsPort !== 0;
  const app = bindOperations({
    services,
    authenticate: createAuthenticate(metadata, services),
    edge,
    openApi: toOpenApi(version),
    maxBodyBytes: config.maxBodyBytes,
    ...openBodies(config, { metrics, clock }, closers),
    metrics,
    cors: createCors(config.corsOrigins),
    ui: await openUi(config.basePath),
    servesMetrics: !hasMetricsPort,
    metricsKey,
    logger: httpLogger,
  });
  closers.push(async () => {
    const cut = () => app.server.closeAllConnections();
    await clock
      .withLimit(config.shutdownTimeoutMs, app.close(), () => new Error('requests were cut off'))
      .catch(cut);
  });
  const url = await app.listen({ host: config.host, port: config.port });
  if (hasMetricsPort) {
    await listenForMetrics(config, { metrics, metricsKey, logger: httpLogger }, closers);
  }
  return {
    url,
    uiUrl: url + config.basePath.replace(/\/?$/, '/'),
    dataDir: config.dataDir,
    firstKey: first && {
      project: first.project,
      key: first.key,
      signInCode: services.signInCodes.issue(first.record),
    },
    close: () => closeAll(closers, logger),
  };
}

async function listenForMetrics(
  { metricsHost: host, metricsPort: port }: ServerConfig,
  options: Omit<BindMetricsOptions, 'edge'>,
  closers: Closers,
): Promise<void> {
  const edge = createEdge({ host, publicUrl: 'none', trustedProxies: 'none' });
  const app = bindMetrics({ ...options, edge });
  closers.push(() => app.close());
  await app.listen({ host, port });
}

/** The web UI; null when it was not built. */
async function openUi(basePath: string): Promise<AnswerUi | null> {
  const folder = findUiFolder();
  return folder === null ? null : createUiAnswer(await readUiFiles(folder), basePath);
}

const openMetadata = ({ dataDir, fsync, maxProjects }: ServerConfig): Promise<MetadataStore> =>
  openMetadataStore(dataDir, { syncsWrites: fsync === 'always', maxProjects });

const openEvents = (config: ServerConfig, logger: Logger): Promise<EventStore> =>
  openEventStore({
    dataDir: config.dataDir,
    queryTimeoutMs: config.queryTimeoutMs,
    queryMemoryBytes: config.queryMemoryBytes,
    syncsWrites: config.fsync === 'always',
    onMigration: (step) => logger.info(step, 'changing the schema of the event store'),
  });

/** Opens the stores and what writes to them. */
async function openServices(
  config: ServerConfig,
  { metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger },
  closers: Closers,
): Promise<Services> {
  const clock = systemClock;
  const metadata = rememberProjects(await openMetadata(config), clock);
  closers.push(() => metadata.close());
  const keyUses = createKeyUses({ metadata, clock, logger });
  closers.push(() => keyUses.close());
  const store = await openEvents(config, logger);
  closers.push(() => store.close());
  const feed = createStoredFeed();
  const events = publishInserts(timeReads(store, metrics, clock), feed);
  const knownRoots = createKnownRoots(knownRootCount);
  const { seenIds, loading } = await loadSeenIds(store, logger);
  closers.push(() => loading);
  const writeHealth = createWriteHealth({ events, clock, onChange: logWriteHealth(logger) });
  const committer = createCommitter({
    events,
    metadata,
    knownRoots,
    seenIds,
    clock,
    maxQueueBytes: config.maxQueueBytes,
    health: writeHealth,
    onCommit: metrics.commit,
  });
  closers.push(() => committer.close());
  const samplingRates = createSamplingRates(metadata, clock);
  const sampler = createSampler({
    rates: samplingRates,
    onDropped: (count) => metrics.dropped('sampled_out', count),
  });
  const reads = createReadServices(config, { metadata, clock, metrics });
  const { pingStore, readStats } = shareQuestions(store, clock);
  watchServices(metrics, { committer, readStats, ...reads });
  return {
    events,
    pingStore,
    metadata,
    committer,
    writeHealth,
    knownRoots,
    seenIds,
    sampler,
    samplingRates,
    clock,
    version,
    startedMs: clock.monotonicMs(),
    maxBatchEvents: config.maxBatchEvents,
    createsProjects: config.createProjects === 'by-sending',
    feed,
    ...reads,
    keyUses,
    ...createNotes(clock),
    basePath: config.basePath,
  };
}

/** What lets requests that read take turns, and what lasts longer than a request. */
function createReadServices(
  config: ServerConfig,
  { metadata, clock, metrics }: { metadata: MetadataStore; clock: Clock; metrics: Metrics },
): Pick<Services, 'readGate' | 'signIns' | 'live'> {
  const readGate = createReadGate({
    clock,
    limits: gateLimits,
    maxWaitMs: maxReadWaitMs,
    timeoutMs: config.queryTimeoutMs,
    onRefused: (by) => metrics.refused('reads', by),
    onStarted: metrics.readWaited,
  });
  const signIns = createSignIns(metadata, clock, config.basePath);
  const live = createLiveStreams({
    clock,
    metadata,
    signIns,
    onRefused: (by) => metrics.refused('streams', by),
  });
  return { readGate, signIns, live };
}

const watchServices = (
  metrics: Metrics,
  {
    committer,
    readStats,
    readGate,
    live,
  }: Pick<Services, 'committer' | 'readGate' | 'live'> & {
    readStats: () => Promise<StoreStats>;
  },
): void =>
  metrics.watch({
    queue: () => committer.stats(),
    reads: () => readGate.stats(),
    streams: () => live.count(),
    store: readStats,
  });

/** What is remembered in memory alone. */
function createNotes(
  clock: Clock,
): Pick<Services, 'rejections' | 'signInCodes' | 'signInFailures'> {
  const monotonicMs = () => clock.monotonicMs();
  return {
    rejections: createRejections(),
    signInCodes: createSignInCodes(monotonicMs),
    signInFailures: createFailureLimit(monotonicMs),
  };
}

/** What anybody may ask without a key costs the store a question a second, however many ask. */
const shareQuestions = (store: EventStore, clock: Clock) => ({
  pingStore: shareRecent(() => store.ping(), { keepMs: 1_000, clock }),
  readStats: shareRecent(() => store.readStats(), { keepMs: 1_000, clock }),
});

async function closeAll(closers: Closers, logger: Logger): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      logger.error({ err: error }, 'closing failed');
    }
  }
}
