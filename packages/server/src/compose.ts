import { mkdir } from 'node:fs/promises';
import { toOpenApi } from 'honeyhive-wire';
import pino from 'pino';
import type { Logger } from 'pino';
import { systemClock } from './clock.ts';
import type { ServerConfig } from './config.ts';
import type { MetadataStore } from './domain/metadata-store.ts';
import { defaultProjectName } from './handlers/access.ts';
import type { Services } from './handlers/handler.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { bindOperations } from './http/bind.ts';
import { createCommitter } from './ingest/committer.ts';
import { createKnownRoots } from './ingest/known-roots.ts';
import { acquireLock } from './store/data-lock.ts';
import { openEventStore } from './store/events/event-store.ts';
import { openMetadataStore } from './store/metadata/metadata-store.ts';
import { version } from './version.ts';

/** Sessions whose roots are remembered: about 15 MB at the most. */
const knownRootCount = 100_000;
const expireEveryMs = 3_600_000;
const dayMs = 86_400_000;

/** A service that accepts requests. */
export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly dataDir: string;
  /** The key made on the first start, to be shown once; null on later starts. */
  readonly firstKey: { readonly project: string; readonly key: string } | null;
  /** Stops accepting, answers what was accepted, closes the stores, releases the folder. */
  close(): Promise<void>;
}

/** `info` and `debug` become `warn`; what is quieter stays. */
const quieter = (level: ServerConfig['logLevel']): ServerConfig['logLevel'] =>
  level === 'info' || level === 'debug' ? 'warn' : level;

/** Undoes what was opened, newest first, each step even when one before it failed. */
type Closers = (() => Promise<void> | void)[];

/**
 * Opens the stores and starts to listen.
 *
 * @throws when the data folder is held by another process, cannot be written, or the port is taken
 */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const logger = pino(
    { level: config.logLevel, redact: ['req.headers.authorization'] },
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
  const clock = systemClock;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = await acquireLock(config.dataDir, config.port);
  closers.push(() => lock.release());
  const metadata = await openMetadataStore(config.dataDir);
  closers.push(() => metadata.close());
  const events = await openEventStore({
    dataDir: config.dataDir,
    queryTimeoutMs: config.queryTimeoutMs,
    queryMemoryBytes: config.queryMemoryBytes,
  });
  closers.push(() => events.close());
  const knownRoots = createKnownRoots(knownRootCount);
  const committer = createCommitter({
    events,
    metadata,
    knownRoots,
    clock,
    maxQueueBytes: config.maxQueueBytes,
  });
  closers.push(() => committer.close());
  closers.push(expireHeldPatches(metadata, config.heldPatchDays, logger));
  const firstKey = await prepareFirstStart(metadata, clock.now());

  const services: Services = {
    events,
    metadata,
    committer,
    knownRoots,
    clock,
    version,
    startedMs: clock.monotonicMs(),
    maxBatchEvents: config.maxBatchEvents,
  };
  const app = bindOperations({
    services,
    authenticate: createAuthenticate(metadata, clock),
    openApi: toOpenApi(version),
    maxBodyBytes: config.maxBodyBytes,
    // The framework's own news, such as where it listens, is told by whoever starts the service.
    logger: logger.child({}, { level: quieter(config.logLevel) }),
  });
  closers.push(async () => {
    const cut = () => app.server.closeAllConnections();
    await clock
      .withLimit(config.shutdownTimeoutMs, app.close(), () => new Error('requests were cut off'))
      .catch(cut);
  });
  const url = await app.listen({ host: config.host, port: config.port });
  return { url, dataDir: config.dataDir, firstKey, close: () => closeAll(closers, logger) };
}

async function closeAll(closers: Closers, logger: Logger): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      logger.error({ err: error }, 'closing failed');
    }
  }
}

/** A folder without keys is new: it gets a project and a key of the organisation. */
async function prepareFirstStart(
  metadata: MetadataStore,
  now: number,
): Promise<RunningServer['firstKey']> {
  const project = await metadata.ensureProject(defaultProjectName, now);
  if ((await metadata.listKeys()).length > 0) return null;
  const { key } = await metadata.createKey(
    { name: 'first start', access: 'full', projectId: null },
    now,
  );
  return { project: project.name, key };
}

function expireHeldPatches(metadata: MetadataStore, days: number, logger: Logger): () => void {
  return systemClock.every(expireEveryMs, () => {
    metadata.expireHeldPatches(systemClock.now() - days * dayMs).then(
      (dropped) =>
        dropped > 0 &&
        logger.warn({ dropped, reason: 'event_never_arrived' }, 'held updates expired'),
      (error: unknown) => logger.error({ err: error }, 'held updates could not be expired'),
    );
  });
}
