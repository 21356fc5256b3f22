import { deliveryOptionTable } from './delivery-option-table.ts';
import type { OptionValues } from './option-types.ts';

/** One option of the client. */
export interface OptionRow {
  readonly type: keyof OptionValues;
  /** Other spellings of the name. */
  readonly aliases: readonly string[];
  /** Environment variables that are read when the option is not given, the first that is set wins. */
  readonly env: readonly string[];
  /** In the option's own unit; null when there is none. */
  readonly default: OptionValues[keyof OptionValues] | null;
  readonly doc: string;
}

/** Every option: what it is read from, what it may hold, what it means. */
export const optionTable = {
  apiKey: {
    type: 'secret',
    aliases: [],
    env: ['HH_API_KEY', 'HONEYHIVE_API_KEY'],
    default: null,
    doc: 'Key that names the caller. An unset key is an error only when a call needs one.',
  },
  baseUrl: {
    type: 'url',
    aliases: ['serverUrl'],
    env: ['HH_API_URL', 'HH_BASE_URL'],
    default: 'https://api.honeyhive.ai',
    doc: 'Address of the service; a path in it is kept.',
  },
  timeout: {
    type: 'seconds',
    aliases: [],
    env: ['HH_TIMEOUT'],
    default: 30,
    doc: 'Seconds that a call may take as a whole, retries and the waits between them included.',
  },
  connectionTimeout: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 10,
    doc: 'Seconds that one try may take to connect; kept to about a second.',
  },
  readTimeout: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 30,
    doc: 'Seconds that one try may wait for the first header, and between two parts of the body; kept to about a second.',
  },
  writeTimeout: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 10,
    doc: 'Seconds that one try may wait for the network to take more of the request.',
  },
  maxRetries: {
    type: 'retries',
    aliases: [],
    env: ['HH_MAX_RETRIES'],
    default: 3,
    doc: 'Tries after the first; 0 is none.',
  },
  retryBackoffFactor: {
    type: 'factor',
    aliases: [],
    env: [],
    default: 1,
    doc: 'Seconds to wait after the first try; doubles with each further one.',
  },
  retryBackoffMax: {
    type: 'factor',
    aliases: [],
    env: [],
    default: 60,
    doc: 'Longest wait between two tries, seconds. Retry-After of the service wins over it.',
  },
  retryJitter: {
    type: 'ratio',
    aliases: [],
    env: [],
    default: 1,
    doc: 'Share of the wait that is left to chance, 0 to 1; true is 1, false is 0.',
  },
  retryOnStatusCodes: {
    type: 'statusCodes',
    aliases: [],
    env: [],
    default: [408, 429, 500, 502, 503, 504],
    doc: 'HTTP statuses after which to try again.',
  },
  rateLimitCalls: {
    type: 'limit',
    aliases: [],
    env: ['HH_RATE_LIMIT_CALLS'],
    default: null,
    doc: 'Calls that may begin in any rateLimitWindow, retries among them; further ones wait in order. 0 is no limit. Default: none; 100 when only rateLimitWindow is given.',
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
    doc: 'Connections open at once; further calls wait for one.',
  },
  maxKeepalive: {
    type: 'retries',
    aliases: ['maxKeepaliveConnections'],
    env: [],
    default: 20,
    doc: 'Connections kept open when idle; 0 closes each after its response.',
  },
  keepaliveExpiry: {
    type: 'seconds',
    aliases: [],
    env: [],
    default: 30,
    doc: 'Seconds after which an idle connection is closed.',
  },
  proxyUrl: {
    type: 'proxy',
    aliases: [],
    env: ['HH_PROXY_URL'],
    default: null,
    doc: 'Proxy for every connection: http, https or socks5, with user and password where it asks for them. Default: HTTPS_PROXY or HTTP_PROXY, by the scheme of baseUrl, unless NO_PROXY names its host.',
  },
  verifySsl: {
    type: 'flag',
    aliases: [],
    env: [],
    default: true,
    doc: 'Whether to refuse a service whose certificate cannot be trusted. false gives the key to whoever answers.',
  },
  sslCertPath: {
    type: 'certificates',
    aliases: [],
    env: ['HH_SSL_CERT_PATH'],
    default: null,
    doc: 'File of certificates in PEM form that are trusted beside those of Node.js, such as that of a private authority.',
  },
  verbose: {
    type: 'flag',
    aliases: [],
    env: ['HH_VERBOSE'],
    default: false,
    doc: 'Whether to log each call, and each try that failed.',
  },
  debug: {
    type: 'flag',
    aliases: [],
    env: [],
    default: false,
    doc: 'Whether to log each try as well, with its headers; keys never. verbose is on with it.',
  },
  logRequests: {
    type: 'flag',
    aliases: [],
    env: [],
    default: false,
    doc: 'Whether to log the bodies of requests, as redacted as they are sent.',
  },
  logResponses: {
    type: 'flag',
    aliases: [],
    env: [],
    default: false,
    doc: 'Whether to log the bodies of responses.',
  },
  logger: {
    type: 'logger',
    aliases: [],
    env: [],
    default: null,
    doc: 'Where logs go: an object with the methods debug, info and warn. Default: the standard error.',
  },
  warnings: {
    type: 'flag',
    aliases: [],
    env: ['HH_WARNINGS'],
    default: true,
    doc: 'Whether to warn, through logger, of a key that goes to another service than its own or over plain http to another machine, and of spool files that are not sent.',
  },
  tracerInstance: {
    type: 'tracer',
    aliases: [],
    env: [],
    default: null,
    doc: 'OpenTelemetry tracer that gets a client span for each request, with the stable HTTP attributes.',
  },
  testMode: {
    type: 'flag',
    aliases: [],
    env: ['HH_TEST_MODE'],
    default: false,
    doc: 'Whether to check every request and answer it in the right shape without any network, and keep nothing. Needs no key.',
  },
  sampling: {
    type: 'ratio',
    aliases: [],
    env: [],
    default: 1,
    doc: 'Share of the sessions to send, 0 to 1: whole sessions, chosen by a hash of session_id. What is not sent is answered with `sampled: false`, and counted.',
  },
  redact: {
    type: 'redact',
    aliases: [],
    env: [],
    default: null,
    doc: 'What to take out of events, sessions and updates before they leave the process: a function, or `{paths, patterns, replacement}`.',
  },
  headers: {
    type: 'headers',
    aliases: [],
    env: [],
    default: {},
    doc: 'Headers of every request; they win over those of the client.',
  },
  project: {
    type: 'text',
    aliases: [],
    env: ['HH_PROJECT'],
    default: null,
    doc: 'Project of calls that name none. Default: that of the key.',
  },
  source: {
    type: 'text',
    aliases: [],
    env: ['HH_SOURCE'],
    default: null,
    doc: 'Environment label of sessions and events that name none, such as `production`.',
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
