import { toOpenApi } from 'honeyhive-wire';
import pino from 'pino';
import type { Logger } from 'pino';
import { systemRandom } from './clock.ts';
import type { Clock } from './clock.ts';
import { findConfigWarnings } from './config.ts';
import type { ServerConfig } from './config.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { bindMetrics } from './http/bind-metrics.ts';
import type { BindMetricsOptions } from './http/bind-metrics.ts';
import { bindOperations } from './http/bind.ts';
import { createCors } from './http/cors.ts';
import { createEdge } from './http/edge.ts';
import { openBodies } from './http/body/open-bodies.ts';
import { listenForGrpc } from './http/grpc/listen-for-grpc.ts';
import { createUiAnswer } from './http/ui/ui-answer.ts';
import type { AnswerUi } from './http/ui/ui-answer.ts';
import { findUiFolder, readUiFiles } from './http/ui/ui-files.ts';
import { lazy } from './lazy.ts';
import { acquireLock } from './store/data-lock.ts';
import { makePrivate } from './store/private-folder.ts';
import { createMetrics } from './observe/metrics.ts';
import { deliverAlerts } from './upkeep/deliver-alerts.ts';
import type { DeliverDeps } from './upkeep/deliver-alerts.ts';
import { evaluateAlerts } from './upkeep/evaluate-alerts.ts';
import type { AlertDeps } from './upkeep/evaluate-alerts.ts';
import { enforceRetention } from './upkeep/enforce-retention.ts';
import type { RetentionDeps } from './upkeep/enforce-retention.ts';
import { collectGarbage } from './upkeep/collect-garbage.ts';
import { indexWords } from './upkeep/index-words.ts';
import type { WordIndexDeps } from './upkeep/index-words.ts';
import { releaseMemory } from './upkeep/release-memory.ts';
import type { ReleaseDeps } from './upkeep/release-memory.ts';
import { runAlone } from './state/run-alone.ts';
import { prepareFirstStart } from './first-start.ts';
import { readMetricsKey } from './secret-file.ts';
import { expireHeldPatches } from './upkeep/expire-held-patches.ts';
import type { HeldPatchDeps } from './upkeep/expire-held-patches.ts';
import { version } from './version.ts';
import { openServices } from './open-services.ts';
import type { Closers } from './closers.ts';

/** A service that accepts requests. */
export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly dataDir: string;
  /** Where the web UI is, for browsers on this machine. */
  readonly uiUrl: string;
  /**
   * The key made on the first start, to be shown once, and a code that signs in to the UI with it; null on later
   * starts.
   */
  readonly firstKey: {
    readonly project: string;
    readonly key: string;
    readonly signInCode: string;
  } | null;
  /** Stops accepting, answers what was accepted, closes the stores, releases the folder. */
  close(): Promise<void>;
}

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
  if (narrowed.length > 0) logger.warn({ paths: narrowed }, 'removed permissions of other users');
  const lock = await acquireLock(config.dataDir, config.port);
  closers.push(() => lock.release());
  const metrics = createMetrics(version);
  const services = await openServices(config, { metrics, logger }, closers);
  const { clock } = services;
  closers.push(...startUpkeep({ ...services, metrics, logger }, config));
  const first = await runAlone(services.leases, 'first start', () =>
    prepareFirstStart(services, config.firstKeyFile),
  );
  // The framework's own messages, such as its address, are off: the command prints them.
  const httpLogger = logger.child(
    {},
    { level: config.logLevel === 'info' ? 'warn' : config.logLevel },
  );
  const hasMetricsPort = config.metricsPort !== 0;
  const calls = {
    services,
    authenticate: createAuthenticate(services),
    edge,
    maxBodyBytes: config.maxBodyBytes,
    ...openBodies(config, { metrics, clock }, closers),
    metrics,
    logger: httpLogger,
  };
  const app = bindOperations({
    ...calls,
    openApi: lazy(() => toOpenApi(version)),
    cors: createCors(config.corsOrigins),
    ui: await openUi(config.basePath),
    servesMetrics: !hasMetricsPort,
    metricsKey,
  });
  closers.push(() => closeApp(app, clock, config));
  const url = await app.listen({ host: config.host, port: config.port });
  closers.push(await listenForGrpc({ ...calls, clock }, config));
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
      signInCode: await services.signInCodes.issue(first.record),
    },
    close: () => closeAll(closers, logger),
  };
}

/** Where browsers find the web UI, without a slash at the end; null when nobody said. */
const readUiUrl = ({ publicUrl, basePath }: ServerConfig): string | null =>
  publicUrl === 'none' ? null : publicUrl + basePath.replace(/\/$/, '');

type UpkeepDeps = HeldPatchDeps &
  RetentionDeps &
  WordIndexDeps &
  AlertDeps &
  Omit<ReleaseDeps, 'collectGarbage'> &
  Omit<DeliverDeps, 'random' | 'uiUrl'>;

/** @returns what ends it */
const startUpkeep = (deps: UpkeepDeps, config: ServerConfig): Closers => [
  expireHeldPatches(deps, config.heldPatchDays),
  enforceRetention(deps, config.retentionIntervalMs),
  indexWords(deps),
  evaluateAlerts(deps, config.alertDelayMs),
  releaseMemory({ ...deps, collectGarbage }),
  deliverAlerts({ ...deps, random: systemRandom, uiUrl: readUiUrl(config) }),
];

async function closeApp(
  app: ReturnType<typeof bindOperations>,
  clock: Clock,
  { shutdownTimeoutMs }: ServerConfig,
): Promise<void> {
  const cut = () => app.server.closeAllConnections();
  await clock
    .withLimit(shutdownTimeoutMs, app.close(), () => new Error('requests aborted'))
    .catch(cut);
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

async function closeAll(closers: Closers, logger: Logger): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      logger.error({ err: error }, 'closing failed');
    }
  }
}
