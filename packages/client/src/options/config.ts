import type { RedactOption } from '../policy/event-redactor.ts';
import type { RetryPolicy } from '../policy/retry-policy.ts';
import type { RateLimit } from '../policy/sliding-window.ts';
import { toCompression, toDeliveryBackoff } from './delivery-config.ts';
import type { DeliveryConfig } from './delivery-config.ts';
import type { Environment } from './environment.ts';
import { consoleLogger } from './logger.ts';
import type { LogConfig, Logger } from './logger.ts';
import { findEnvironmentProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import type { ResolvedOptions } from './resolved-options.ts';
import type { ClientTracer } from './tracer.ts';

/** What the transport needs to know. */
export interface TransportConfig {
  /** Without the trailing slash. */
  readonly baseUrl: string;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxIdleConnections: number;
  readonly idleTimeoutMs: number;
  /** Requests in flight do not keep the process alive. Default false. */
  readonly isBackground?: boolean;
  /** null: straight to the service. */
  readonly proxy: Proxy | null;
  /** Whether to refuse certificates that cannot be trusted. */
  readonly isTlsVerified: boolean;
  /** PEM, trusted beside those of the platform. */
  readonly certificates: string | null;
}

/** The client's options, complete and in the units that the code uses. */
export interface ClientConfig {
  readonly apiKey: string | null;
  /** What says who calls: the key, or a cookie that comes with each request on its own. Default `key`. */
  readonly credentials?: 'key' | 'cookie';
  readonly project: string | null;
  readonly source: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** null: none. */
  readonly rateLimit: RateLimit | null;
  /** Whether nothing is sent, and every request is answered here. */
  readonly isTestMode: boolean;
  /** Share of the sessions to send. */
  readonly samplingRate: number;
  /** null: nothing is taken out of events. */
  readonly redact: RedactOption | null;
  readonly delivery: DeliveryConfig;
  /** null: nobody is warned. */
  readonly warningLogger: Logger | null;
  /** null: nothing is logged. */
  readonly log: LogConfig | null;
  /** null: no spans are made. */
  readonly tracer: ClientTracer | null;
  readonly transport: TransportConfig;
}

/**
 * @param environment where to look for a proxy that was not given; empty to look nowhere
 * @throws {HoneyHiveConfigError} when the environment names an invalid proxy
 */
export function toConfig(options: ResolvedOptions, environment: Environment = {}): ClientConfig {
  const { apiKey, project, source, headers } = options;
  const retry = toRetryPolicy(options);
  return {
    apiKey,
    project,
    source,
    headers,
    timeoutMs: toMs(options.timeout),
    retry,
    delivery: toDelivery(options, retry),
    rateLimit: toRateLimit(options),
    isTestMode: options.testMode,
    samplingRate: options.sampling,
    redact: options.redact,
    warningLogger: toWarningLogger(options),
    log: toLog(options),
    tracer: options.tracerInstance,
    transport: toTransport(options, environment),
  };
}

const toWarningLogger = ({ warnings, logger }: ResolvedOptions): Logger | null =>
  warnings ? (logger ?? consoleLogger) : null;

const toRetryPolicy = (options: ResolvedOptions): RetryPolicy => ({
  maxRetries: options.maxRetries,
  baseMs: toMs(options.retryBackoffFactor),
  capMs: toMs(options.retryBackoffMax),
  jitterRatio: options.retryJitter,
  statusCodes: new Set(options.retryOnStatusCodes),
});

const toDelivery = (options: ResolvedOptions, retry: RetryPolicy): DeliveryConfig => ({
  maxBatchEvents: options.maxBatchEvents,
  maxBatchBytes: options.maxBatchBytes,
  flushIntervalMs: toMs(options.flushInterval),
  maxQueueEvents: options.maxQueueEvents,
  maxQueueBytes: options.maxQueueBytes,
  maxInFlight: options.maxInFlight,
  onFull: options.onFull,
  onDrop: options.onDrop,
  compression: options.testMode ? 'none' : toCompression(options.compression, options.baseUrl),
  backoff: toDeliveryBackoff(retry),
  flushTimeoutMs: toMs(options.timeout),
  exitTimeoutMs: toMs(options.exitTimeout),
  handlesSignals: options.handleSignals,
  logger: toWarningLogger(options),
  // In test mode everything is "stored": what earlier processes have left would be lost.
  spool: options.testMode ? null : options.spool,
});

function toLog(options: ResolvedOptions): LogConfig | null {
  const { verbose, debug, logRequests: withRequests, logResponses: withResponses } = options;
  if (!verbose && !debug && !withRequests && !withResponses) return null;
  const logger = options.logger ?? consoleLogger;
  return { logger, isVerbose: verbose || debug, isDebug: debug, withRequests, withResponses };
}

const toTransport = (options: ResolvedOptions, environment: Environment): TransportConfig => ({
  baseUrl: options.baseUrl,
  connectTimeoutMs: toMs(options.connectionTimeout),
  readTimeoutMs: toMs(options.readTimeout),
  writeTimeoutMs: toMs(options.writeTimeout),
  maxConnections: options.maxConnections,
  maxIdleConnections: options.maxKeepalive,
  idleTimeoutMs: toMs(options.keepaliveExpiry),
  proxy: options.proxyUrl ?? findEnvironmentProxy(options.baseUrl, environment),
  isTlsVerified: options.verifySsl,
  certificates: options.sslCertPath,
});

/** Either option enables the limit; the other one then has the default of the client API reference. */
function toRateLimit({ rateLimitCalls, rateLimitWindow }: ResolvedOptions): RateLimit | null {
  if (rateLimitCalls === 0 || (rateLimitCalls === null && rateLimitWindow === null)) return null;
  return { calls: rateLimitCalls ?? 100, windowMs: toMs(rateLimitWindow ?? 60) };
}

// Timers count whole milliseconds, and none at all is not a limit.
export const toMs = (seconds: number): number =>
  seconds === 0 ? 0 : Math.max(1, Math.round(seconds * 1000));
