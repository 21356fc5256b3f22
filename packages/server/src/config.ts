import { limits } from 'honeyhive-wire';
import { formatOption, parseOption } from './config-option.ts';
import type { ConfigOption } from './config-option.ts';
import { absolutePath, defaultOf } from './config-folder.ts';
import { findConfigWarnings } from './config-warnings.ts';
import { foreignVariables } from './foreign-variables.ts';
import { nearestName } from 'honeyhive-facts';

export { findConfigWarnings, formatOption };
export type { ConfigOption };

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** Every setting of the service, once: configuration, `--help` and the reference page are made from this table. */
export const configOptions = {
  host: {
    env: 'HH_HOST',
    flag: '--host',
    type: 'text',
    unit: null,
    default: '127.0.0.1',
    doc: 'Address to listen on. The default is reachable from this machine only.',
  },
  port: {
    env: 'HH_PORT',
    flag: '--port',
    type: 'integer',
    unit: null,
    default: 4040,
    min: 0,
    max: 65_535,
    doc: 'Port to listen on. 0 selects a free one.',
  },
  basePath: {
    env: 'HH_BASE_PATH',
    flag: '--base-path',
    type: 'path',
    unit: null,
    default: '/',
    doc: 'Base path when a proxy serves the service below a path, such as /honeyhive. Requests work with and without it.',
  },
  publicUrl: {
    env: 'HH_PUBLIC_URL',
    flag: '--public-url',
    type: 'url',
    unit: null,
    default: 'none',
    doc: 'Public URL of the service, such as https://honeyhive.example.com; the path is HH_BASE_PATH. If set, requests for other hosts are rejected (421), and https enables secure cookies and HSTS.',
  },
  trustedProxies: {
    env: 'HH_TRUSTED_PROXIES',
    flag: '--trusted-proxies',
    type: 'proxies',
    unit: null,
    default: 'none',
    doc: 'Proxies whose x-forwarded-for and x-forwarded-proto are trusted: addresses, CIDR blocks, or loopback, linklocal, uniquelocal, separated by commas.',
  },
  corsOrigins: {
    env: 'HH_CORS_ORIGINS',
    flag: '--cors-origins',
    type: 'origins',
    unit: null,
    default: 'none',
    doc: 'Origins of web pages whose scripts may call the service with a key, such as https://app.example.com, separated by commas; * for any. Their cookies are ignored.',
  },
  dataDir: {
    env: 'HH_DATA_DIR',
    flag: '--data-dir',
    type: 'folder',
    unit: null,
    default: '~/.honeyhive',
    doc: 'Data folder; created if missing. With XDG_DATA_HOME set, the default is honeyhive in that folder.',
  },
  firstKeyFile: {
    env: 'HH_FIRST_KEY_FILE',
    flag: '--first-key-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with the organisation key that the first start creates, such as a container secret; nothing is printed then. Later starts do not read it.',
  },
  grpcPort: {
    env: 'HH_GRPC_PORT',
    flag: '--grpc-port',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 65_535,
    doc: 'Port for OTLP over gRPC, usually 4317, without TLS. 0: gRPC is off.',
  },
  metricsPort: {
    env: 'HH_METRICS_PORT',
    flag: '--metrics-port',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 65_535,
    doc: 'Separate port for /metrics. 0: the port of the service.',
  },
  metricsHost: {
    env: 'HH_METRICS_HOST',
    flag: '--metrics-host',
    type: 'text',
    unit: null,
    default: '127.0.0.1',
    doc: 'Address to listen on with HH_METRICS_PORT.',
  },
  metricsKeyFile: {
    env: 'HH_METRICS_KEY_FILE',
    flag: '--metrics-key-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with a key of 16 to 512 characters, which /metrics then requires as a bearer token.',
  },
  maxBodyBytes: {
    env: 'HH_MAX_BODY_BYTES',
    flag: '--max-body-bytes',
    type: 'integer',
    unit: 'bytes',
    default: limits.bodyBytes,
    min: 1024,
    max: GiB,
    doc: 'Largest request body, after decompression. A larger one is answered with 413.',
  },
  maxBodiesBytes: {
    env: 'HH_MAX_BODIES_BYTES',
    flag: '--max-bodies-bytes',
    type: 'integer',
    unit: 'bytes',
    default: 256 * MiB,
    min: MiB,
    max: 64 * GiB,
    doc: 'Memory for the bodies of all unanswered requests: received, decompressed and parsed. At least four times the largest body. When it is exhausted, requests get 503; when the requests of one key use half of it, they get 429.',
  },
  maxBatchEvents: {
    env: 'HH_MAX_BATCH_EVENTS',
    flag: '--max-batch-events',
    type: 'integer',
    unit: 'events',
    default: limits.batchEvents,
    min: 1,
    max: limits.batchEvents,
    doc: 'Maximum number of events in one batch request.',
  },
  maxProjects: {
    env: 'HH_MAX_PROJECTS',
    flag: '--max-projects',
    type: 'integer',
    unit: 'projects',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    doc: 'Maximum number of projects. Requests that would create more get 409; existing projects are not affected.',
  },
  createProjects: {
    env: 'HH_CREATE_PROJECTS',
    flag: '--create-projects',
    type: 'choice',
    unit: null,
    default: 'by-sending',
    choices: ['by-sending', 'never'],
    doc: 'Whether sending to an unknown project with an organisation key creates it. `never`: projects are created with POST /projects only; sending to an unknown one gets 400.',
  },
  maxQueueBytes: {
    env: 'HH_MAX_QUEUE_BYTES',
    flag: '--max-queue-bytes',
    type: 'integer',
    unit: 'bytes',
    default: 64 * MiB,
    min: MiB,
    max: 16 * GiB,
    doc: 'Size of the write queue. When it is full, requests get 503 immediately.',
  },
  queryTimeoutMs: {
    env: 'HH_QUERY_TIMEOUT_MS',
    flag: '--query-timeout-ms',
    type: 'integer',
    unit: 'milliseconds',
    default: 10_000,
    min: 100,
    max: 600_000,
    doc: 'Total time limit for all queries of one request.',
  },
  queryMemoryBytes: {
    env: 'HH_QUERY_MEMORY_BYTES',
    flag: '--query-memory-bytes',
    type: 'integer',
    unit: 'bytes',
    default: GiB,
    min: 64 * MiB,
    max: 1024 * GiB,
    doc: 'Memory limit of one query of the event store.',
  },
  rateLimitPerKey: {
    env: 'HH_RATE_LIMIT_PER_KEY',
    flag: '--rate-limit-per-key',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 1_000_000,
    doc: 'Requests per second of one key, with bursts of ten times as many; more get 429. 0: no limit.',
  },
  rateLimitPerProject: {
    env: 'HH_RATE_LIMIT_PER_PROJECT',
    flag: '--rate-limit-per-project',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 1_000_000,
    doc: 'The same for all requests of the keys of a project, and of organisation keys that name it.',
  },
  rateLimitTotal: {
    env: 'HH_RATE_LIMIT_TOTAL',
    flag: '--rate-limit-total',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 1_000_000,
    doc: 'The same for all requests with any key.',
  },
  eventLimitPerKey: {
    env: 'HH_EVENT_LIMIT_PER_KEY',
    flag: '--event-limit-per-key',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 10_000_000,
    doc: 'Events, spans and updates per second of one key, with bursts of ten times as many; more get 429. 0: no limit.',
  },
  eventLimitPerProject: {
    env: 'HH_EVENT_LIMIT_PER_PROJECT',
    flag: '--event-limit-per-project',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 10_000_000,
    doc: 'The same for all events sent to a project, by name or with its keys.',
  },
  eventLimitTotal: {
    env: 'HH_EVENT_LIMIT_TOTAL',
    flag: '--event-limit-total',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 10_000_000,
    doc: 'The same for all events.',
  },
  shutdownTimeoutMs: {
    env: 'HH_SHUTDOWN_TIMEOUT_MS',
    flag: '--shutdown-timeout-ms',
    type: 'integer',
    unit: 'milliseconds',
    default: 10_000,
    min: 0,
    max: 600_000,
    doc: 'Time to answer accepted requests during shutdown, before connections are closed.',
  },
  heldPatchDays: {
    env: 'HH_HELD_PATCH_DAYS',
    flag: '--held-patch-days',
    type: 'integer',
    unit: 'days',
    default: 7,
    min: 1,
    max: 365,
    doc: 'How long an update is held for an event that has not arrived.',
  },
  fsync: {
    env: 'HH_FSYNC',
    flag: '--fsync',
    type: 'choice',
    unit: null,
    default: 'off',
    choices: ['off', 'always'],
    doc: 'When an event counts as stored. `off`: it survives a crash of the process. `always`: it is synced to the disk and survives a power cut; slower.',
  },
  clickhouseUrl: {
    env: 'HH_CLICKHOUSE_URL',
    flag: '--clickhouse-url',
    type: 'clickhouse',
    unit: null,
    default: 'none',
    secret: true,
    doc: 'ClickHouse servers that store the events, instead of the engine of this process: https://user:pw@host:8443/db. Several hosts of one installation are separated by commas: https://ch1:8443,ch2:8443/db.',
  },
  ingestSpool: {
    env: 'HH_INGEST_SPOOL',
    flag: '--ingest-spool',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'Folder, one for each server, where events wait while the event store is away: acknowledged as queued, stored in order later. none: such requests get 503.',
  },
  ingestSpoolBytes: {
    env: 'HH_INGEST_SPOOL_BYTES',
    flag: '--ingest-spool-bytes',
    type: 'integer',
    unit: 'bytes',
    default: GiB,
    min: MiB,
    max: 1024 * GiB,
    doc: 'Most bytes that wait there; then requests get 503.',
  },
  clickhouseUrlFile: {
    env: 'HH_CLICKHOUSE_URL_FILE',
    flag: '--clickhouse-url-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with that URL, such as a container secret; takes the place of HH_CLICKHOUSE_URL.',
  },
  clickhousePasswordFile: {
    env: 'HH_CLICKHOUSE_PASSWORD_FILE',
    flag: '--clickhouse-password-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with the password of the user in that URL, which then needs none.',
  },
  clickhouseCaFile: {
    env: 'HH_CLICKHOUSE_CA_FILE',
    flag: '--clickhouse-ca-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with the certificates (PEM) that the servers are verified by, when those of Node.js do not include them.',
  },
  clickhouseCluster: {
    env: 'HH_CLICKHOUSE_CLUSTER',
    flag: '--clickhouse-cluster',
    type: 'text',
    unit: null,
    default: 'none',
    doc: 'Name of a ClickHouse cluster of one shard: tables are created and changed on all of its hosts (ON CLUSTER), and replicated.',
  },
  clickhouseInsertQuorum: {
    env: 'HH_CLICKHOUSE_INSERT_QUORUM',
    flag: '--clickhouse-insert-quorum',
    type: 'integer',
    unit: null,
    default: 0,
    min: 0,
    max: 100,
    doc: 'Replicas that must have stored an event before it counts as stored. 0: with HH_CLICKHOUSE_CLUSTER the majority, without it one.',
  },
  postgresUrl: {
    env: 'HH_POSTGRES_URL',
    flag: '--postgres-url',
    type: 'postgres',
    unit: null,
    default: 'none',
    secret: true,
    doc: 'PostgreSQL database for projects, keys, settings, alerts and held updates, instead of metadata.db, such as postgres://user:pass@host/db with ?sslmode=verify-full for TLS.',
  },
  postgresUrlFile: {
    env: 'HH_POSTGRES_URL_FILE',
    flag: '--postgres-url-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with that URL, such as a container secret; takes the place of HH_POSTGRES_URL.',
  },
  postgresConnections: {
    env: 'HH_POSTGRES_CONNECTIONS',
    flag: '--postgres-connections',
    type: 'integer',
    unit: 'connections',
    default: 10,
    min: 2,
    max: 1_000,
    doc: 'Maximum number of connections of this server to PostgreSQL, beside three for leases and notifications.',
  },
  priceTable: {
    env: 'HH_PRICE_TABLE',
    flag: '--price-table',
    type: 'choice',
    unit: null,
    default: 'on',
    choices: ['on', 'off'],
    doc: 'Whether the service computes the cost of events whose sender reports none, from the bundled price table and the prices of the project. Nothing is fetched.',
  },
  smtpUrl: {
    env: 'HH_SMTP_URL',
    flag: '--smtp-url',
    type: 'smtp',
    unit: null,
    default: 'none',
    secret: true,
    doc: 'Mail server for notifications of alerts: smtp://user:password@host:587, or smtps:// for TLS from the start; with ?requireTLS=true nothing is sent without TLS.',
  },
  smtpUrlFile: {
    env: 'HH_SMTP_URL_FILE',
    flag: '--smtp-url-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with that URL, such as a container secret; takes the place of HH_SMTP_URL.',
  },
  smtpFrom: {
    env: 'HH_SMTP_FROM',
    flag: '--smtp-from',
    type: 'text',
    unit: null,
    default: 'honeyhive@localhost',
    doc: 'Sender of notifications: an address, or a name with the address in <>.',
  },
  alertAllowedNetworks: {
    env: 'HH_ALERT_ALLOWED_NETWORKS',
    flag: '--alert-allowed-networks',
    type: 'proxies',
    unit: null,
    default: 'none',
    doc: 'Private networks that webhooks of alerts may be sent to: addresses, CIDR blocks, or loopback, linklocal, uniquelocal, separated by commas. All others get public addresses only.',
  },
  secretsKeyFile: {
    env: 'HH_SECRETS_KEY_FILE',
    flag: '--secrets-key-file',
    type: 'file',
    unit: null,
    default: 'none',
    doc: 'File with at least 32 random characters, which encrypt the secrets of alert destinations. Default: secrets.key in the data folder, created if missing.',
  },
  retentionIntervalMs: {
    env: 'HH_RETENTION_INTERVAL_MS',
    flag: '--retention-interval-ms',
    type: 'integer',
    unit: 'milliseconds',
    default: 3_600_000,
    min: 1_000,
    max: 86_400_000,
    doc: 'How often the service deletes sessions older than the `retention_days` of their project.',
  },
  alertDelayMs: {
    env: 'HH_ALERT_DELAY_MS',
    flag: '--alert-delay-ms',
    type: 'integer',
    unit: 'milliseconds',
    default: 15_000,
    min: 0,
    max: 600_000,
    doc: 'How long after its end a minute is evaluated for alerts. What is stored later counts in later windows that it lies in.',
  },
  samplingHoldBytes: {
    env: 'HH_SAMPLING_HOLD_BYTES',
    flag: '--sampling-hold-bytes',
    type: 'integer',
    unit: 'bytes',
    default: 33_554_432,
    min: 0,
    max: 4_294_967_296,
    doc: 'Memory for events that the sample of their project excludes, in case an error or feedback has their session kept; what came first is dropped first.',
  },
  samplingHoldMs: {
    env: 'HH_SAMPLING_HOLD_MS',
    flag: '--sampling-hold-ms',
    type: 'integer',
    unit: 'milliseconds',
    default: 900_000,
    min: 0,
    max: 86_400_000,
    doc: 'How long such events are held, from the first one of their session.',
  },
  logLevel: {
    env: 'HH_LOG_LEVEL',
    flag: '--log-level',
    type: 'choice',
    unit: null,
    default: 'info',
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    doc: 'Minimum severity of log messages. Logs are JSON, one message a line, on standard error.',
  },
} as const satisfies Readonly<Record<string, ConfigOption>>;

type Table = typeof configOptions;

/** Name of a setting, as in {@link ServerConfig}. */
export type ConfigName = keyof Table;

type ValueOf<Option extends ConfigOption> = Option extends {
  choices: readonly (infer Word extends string)[];
}
  ? Word
  : Option extends { type: 'integer' }
    ? number
    : string;

/** The settings of a service, complete and checked. `dataDir` is absolute. */
export type ServerConfig = { readonly [Name in ConfigName]: ValueOf<Table[Name]> };

/** Where a value came from. */
export type ConfigOrigin = 'flag' | 'environment' | 'default';

/** Settings, and where each came from. */
export interface ResolvedConfig {
  readonly config: ServerConfig;
  readonly origins: Readonly<Record<ConfigName, ConfigOrigin>>;
}

/** Invalid settings. Programs exit with code 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly exitCode = 78;
  /** One sentence for each thing that is wrong. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is invalid:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const optionList: readonly ConfigOption[] = Object.values(configOptions);

function unknownName(kind: string, name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return `${kind} ${name} is not known${near === null ? '' : `; did you mean ${near}?`}`;
}

function findUnknown(flags: Environment, env: Environment): string[] {
  const knownFlags = optionList.map((option) => option.flag);
  const knownVariables = optionList.map((option) => option.env);
  const strangeFlags = Object.keys(flags).filter((flag) => !knownFlags.includes(flag));
  const strangeVariables = Object.keys(env).filter(
    (name) =>
      name.startsWith('HH_') && !knownVariables.includes(name) && !foreignVariables.has(name),
  );
  return [
    ...strangeFlags.map((flag) => unknownName('option', flag, knownFlags)),
    ...strangeVariables.map((name) => unknownName('variable', name, knownVariables)),
  ];
}

interface Chosen {
  readonly value: string | number;
  readonly origin: ConfigOrigin;
}

const isPath = ({ type }: ConfigOption, value: string | number): boolean =>
  type === 'folder' || (type === 'file' && value !== 'none');

function choose(option: ConfigOption, flags: Environment, env: Environment): Chosen | string {
  const fromFlag = flags[option.flag];
  const text = fromFlag ?? env[option.env];
  const origin = fromFlag === undefined ? 'environment' : 'flag';
  const value = text === undefined ? defaultOf(option, env) : parseOption(text, option);
  if (typeof value === 'object') {
    const shown = option.secret === true ? '' : ` ${JSON.stringify(text)}`;
    return `${fromFlag === undefined ? option.env : option.flag}${shown} ${value.problem}`;
  }
  return {
    value: isPath(option, value) ? absolutePath(String(value), env) : value,
    origin: text === undefined ? 'default' : origin,
  };
}

/** The one cast of this file: the table names every key, and each value passed its own option's check. */
function assumeResolved(chosen: ReadonlyMap<string, Chosen>): ResolvedConfig {
  const config = Object.fromEntries([...chosen].map(([name, { value }]) => [name, value]));
  const origins = Object.fromEntries([...chosen].map(([name, { origin }]) => [name, origin]));
  return {
    config: Object.freeze(config) as ServerConfig,
    origins: Object.freeze(origins) as ResolvedConfig['origins'],
  };
}

/**
 * Settings out of flags, then the environment, then defaults.
 *
 * @param flags text by flag, dashes included: `{ '--port': '0' }`
 * @param env `process.env` of the program; variables that do not begin with `HH_`, and those of clients, are ignored
 * @throws {ConfigError} with every problem: unknown names, unreadable values
 */
export function resolveConfig(flags: Environment, env: Environment): ResolvedConfig {
  const problems = findUnknown(flags, env);
  const chosen = new Map<string, Chosen>();
  for (const [name, option] of Object.entries(configOptions)) {
    const result = choose(option, flags, env);
    if (typeof result === 'string') problems.push(result);
    else chosen.set(name, result);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return assumeResolved(chosen);
}
