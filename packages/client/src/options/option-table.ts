import { deliveryOptionTable } from './delivery-option-table.ts';
import type { OptionValues } from './option-types.ts';

/** One option of the client. */
export interface OptionRow {
  readonly type: keyof OptionValues;
  /** Other spellings of the name. */
  readonly aliases: readonly string[];
  /** Environment variables that are read when the option is not given, the first that is set wins. */
  readonly env: readonly string[];
  /** In the option's own unit; null if absent. */
  readonly default: OptionValues[keyof OptionValues] | null;
  readonly doc: string;
}

/** Every option: its sources, its valid values, its meaning. */
export const optionTable = {
  apiKey: {
    type: 'secret',
    aliases: [],
    env: ['HH_API_KEY', 'HONEYHIVE_API_KEY'],
    default: null,
    doc: 'API key. An unset key is an error only when a call needs one.',
  },
  baseUrl: {
    type: 'url',
    aliases: ['serverUrl'],
    env: ['HH_API_URL', 'HH_BASE_URL'],
    default: 'https://api.honeyhive.ai',
    doc: 'Base URL of the service; may contain a path.',
  },
  timeout: {
    type: 'seconds',
    aliases: [],
    env: ['HH_TIMEOUT'],
    default: 30,
    doc: 'Total timeout of a call in seconds, including retries and backoff.',
  },
  connectionTimeout: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 10,
    doc: 'Connect timeout of one attempt in seconds, accurate to about a second.',
  },
  readTimeout: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 30,
    doc: 'Read timeout of one attempt in seconds: until the first header, and between two chunks of the body; accurate to about a second.',
  },
  writeTimeout: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 10,
    doc: 'Write timeout of one attempt in seconds, without progress.',
  },
  maxRetries: {
    type: 'retries',
    aliases: [],
    env: ['HH_MAX_RETRIES'],
    default: 3,
    doc: 'Number of retries; 0 disables them.',
  },
  retryBackoffFactor: {
    type: 'factor',
    aliases: [],
    env: [],
    default: 1,
    doc: 'Backoff after the first attempt in seconds; doubles with each attempt.',
  },
  retryBackoffMax: {
    type: 'factor',
    aliases: [],
    env: [],
    default: 60,
    doc: 'Maximum backoff in seconds. Retry-After takes precedence.',
  },
  retryJitter: {
    type: 'ratio',
    aliases: [],
    env: [],
    default: 1,
    doc: 'Jitter as a share of the backoff, 0 to 1; true is 1, false is 0.',
  },
  retryOnStatusCodes: {
    type: 'statusCodes',
    aliases: [],
    env: [],
    default: [408, 429, 500, 502, 503, 504],
    doc: 'HTTP statuses to retry.',
  },
  rateLimitCalls: {
    type: 'limit',
    aliases: [],
    env: ['HH_RATE_LIMIT_CALLS'],
    default: null,
    doc: 'Maximum calls in any rateLimitWindow, including retries; further calls wait in order. 0 disables the limit. Default: no limit; 100 if only rateLimitWindow is given.',
  },
  rateLimitWindow: {
    type: 'seconds',
    aliases: ['rateLimitPeriod'],
    env: ['HH_RATE_LIMIT_WINDOW'],
    default: null,
    doc: 'Seconds of the window of rateLimitCalls. Default: 60 when only rateLimitCalls is given.',
  },
  maxConnections: {
    type: 'count',
    aliases: [],
    env: ['HH_MAX_CONNECTIONS'],
    default: 100,
    doc: 'Maximum number of connections; further calls wait.',
  },
  maxKeepalive: {
    type: 'retries',
    aliases: ['maxKeepaliveConnections'],
    env: [],
    default: 20,
    doc: 'Maximum number of idle connections; 0 closes each after its response.',
  },
  keepaliveExpiry: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 30,
    doc: 'Timeout of idle connections in seconds.',
  },
  proxyUrl: {
    type: 'proxy',
    aliases: [],
    env: ['HH_PROXY_URL'],
    default: null,
    doc: 'Proxy for every connection: http, https or socks5, with user and password if required. Default: HTTPS_PROXY or HTTP_PROXY, by the scheme of baseUrl, unless NO_PROXY contains its host.',
  },
  verifySsl: {
    type: 'flag',
    aliases: [],
    env: [],
    default: true,
    doc: 'Whether to verify the certificate of the service. false sends the key to any server.',
  },
  sslCertPath: {
    type: 'certificates',
    aliases: [],
    env: ['HH_SSL_CERT_PATH'],
    default: null,
    doc: 'PEM file of certificates to trust in addition to those of Node.js, such as that of a private authority.',
  },
  verbose: {
    type: 'flag',
    aliases: [],
    env: ['HH_VERBOSE'],
    default: false,
    doc: 'Whether to log each call, and each failed attempt.',
  },
  debug: {
    type: 'flag',
    aliases: [],
    env: [],
    default: false,
    doc: 'Whether to log each attempt too, with its headers but without keys. Implies verbose.',
  },
  logRequests: {
    type: 'flag',
    aliases: [],
    env: [],
    default: false,
    doc: 'Whether to log redacted request bodies.',
  },
  logResponses: {
    type: 'flag',
    aliases: [],
    env: [],
    default: false,
    doc: 'Whether to log response bodies.',
  },
  logger: {
    type: 'logger',
    aliases: [],
    env: [],
    default: null,
    doc: 'Where logs go: an object with the methods debug, info and warn; null: nowhere, warnings included. Default: standard error.',
  },
  warnings: {
    type: 'flag',
    aliases: [],
    env: ['HH_WARNINGS'],
    default: true,
    doc: 'Whether to log warnings about events that are not delivered, a key sent to the wrong service or over plain http to another machine, and ignored spool files.',
  },
  tracerInstance: {
    type: 'tracer',
    aliases: [],
    env: [],
    default: null,
    doc: 'OpenTelemetry tracer; each request creates a client span with the stable HTTP attributes.',
  },
  testMode: {
    type: 'flag',
    aliases: [],
    env: ['HH_TEST_MODE'],
    default: false,
    doc: 'Whether to validate requests and return fake responses without any network. Stores nothing, needs no key.',
  },
  sampling: {
    type: 'ratio',
    aliases: [],
    env: [],
    default: 1,
    doc: 'Share of the sessions to send, 0 to 1: whole sessions, chosen by a hash of session_id. Calls for other sessions return `sampled: false`, and are counted.',
  },
  redact: {
    type: 'redact',
    aliases: [],
    env: [],
    default: null,
    doc: 'Redaction of events, sessions and updates before they leave the process: a function, or `{paths, patterns, replacement}`.',
  },
  headers: {
    type: 'headers',
    aliases: [],
    env: [],
    default: {},
    doc: 'Headers of every request; they override those of the client.',
  },
  project: {
    type: 'text',
    aliases: [],
    env: ['HH_PROJECT'],
    default: null,
    doc: 'Default project of calls. Default: that of the key.',
  },
  source: {
    type: 'text',
    aliases: [],
    env: ['HH_SOURCE'],
    default: null,
    doc: 'Default environment label of sessions and events, such as `production`.',
  },
  ...deliveryOptionTable,
} as const satisfies Record<string, OptionRow>;

/** Name of an option. */
export type OptionName = keyof typeof optionTable;

/** The members of `retryConfig`, each the same as a flat option. */
export const retryConfigNames = {
  maxRetries: 'maxRetries',
  backoffFactor: 'retryBackoffFactor',
  backoffMax: 'retryBackoffMax',
  statusCodes: 'retryOnStatusCodes',
  jitter: 'retryJitter',
} as const satisfies Record<string, OptionName>;
