import type { RedactOption } from '../policy/event-redactor.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import type { Logger } from './logger.ts';
import type { ClientTracer } from './tracer.ts';

/** Retries as one object; each member is the same as one of the flat `retry…` options. */
export interface RetryConfig {
  /** Tries after the first; 0 is none. @default 3 */
  readonly maxRetries?: number | undefined;
  /** Seconds to wait after the first try; doubles with each further one. @default 1 */
  readonly backoffFactor?: number | undefined;
  /** Longest wait between two tries, seconds. @default 60 */
  readonly backoffMax?: number | undefined;
  /** HTTP statuses after which to try again. @default [408, 429, 500, 502, 503, 504] */
  readonly statusCodes?: readonly number[] | undefined;
  /** Share of the wait that is left to chance, 0 to 1; true is 1, false is 0. @default true */
  readonly jitter?: number | boolean | undefined;
}

/** Options of the client. Precedence: given here, then the environment, then the default. */
export interface HoneyHiveOptions extends DeliveryOptions {
  /** Key that names the caller. Environment: `HH_API_KEY`, `HONEYHIVE_API_KEY`. An unset key is an error only when a call needs one. */
  readonly apiKey?: string | undefined;
  /** Address of the service; a path in it is kept. Environment: `HH_API_URL`, `HH_BASE_URL`. @default 'https://api.honeyhive.ai' */
  readonly baseUrl?: string | undefined;
  /** The same as `baseUrl`. */
  readonly serverUrl?: string | undefined;
  /** Seconds that a call may take as a whole, retries and the waits between them included. Environment: `HH_TIMEOUT`. @default 30 */
  readonly timeout?: number | undefined;
  /** Seconds that one try may take to connect; kept to about a second. @default 10 */
  readonly connectionTimeout?: number | undefined;
  /** Seconds that one try may wait for the first header, and between two parts of the body; kept to about a second. @default 30 */
  readonly readTimeout?: number | undefined;
  /** Seconds that one try may wait for the network to take more of the request. @default 10 */
  readonly writeTimeout?: number | undefined;
  /** Tries after the first; 0 is none. Environment: `HH_MAX_RETRIES`. @default 3 */
  readonly maxRetries?: number | undefined;
  /** Retries as one object, instead of the flat options. */
  readonly retryConfig?: RetryConfig | undefined;
  /** Seconds to wait after the first try; doubles with each further one. @default 1 */
  readonly retryBackoffFactor?: number | undefined;
  /** Longest wait between two tries, seconds; `Retry-After` of the service wins over it. @default 60 */
  readonly retryBackoffMax?: number | undefined;
  /** Share of the wait that is left to chance, 0 to 1; true is 1, false is 0. @default true */
  readonly retryJitter?: number | boolean | undefined;
  /** HTTP statuses after which to try again. @default [408, 429, 500, 502, 503, 504] */
  readonly retryOnStatusCodes?: readonly number[] | undefined;
  /** Calls that may begin in any `rateLimitWindow`, retries among them; further ones wait in order, and are refused when their turn would come after their `timeout`. 0 is no limit. Environment: `HH_RATE_LIMIT_CALLS`. Default: no limit; 100 when only `rateLimitWindow` is given. */
  readonly rateLimitCalls?: number | undefined;
  /** Seconds of the window of `rateLimitCalls`. Environment: `HH_RATE_LIMIT_WINDOW`. Default: 60 when `rateLimitCalls` is given. */
  readonly rateLimitWindow?: number | undefined;
  /** The same as `rateLimitWindow`. */
  readonly rateLimitPeriod?: number | undefined;
  /** Connections open at once; further calls wait for one. Environment: `HH_MAX_CONNECTIONS`. @default 100 */
  readonly maxConnections?: number | undefined;
  /** Connections kept open when idle; 0 closes each after its response. @default 20 */
  readonly maxKeepalive?: number | undefined;
  /** The same as `maxKeepalive`. */
  readonly maxKeepaliveConnections?: number | undefined;
  /** Seconds after which an idle connection is closed. @default 30 */
  readonly keepaliveExpiry?: number | undefined;
  /** Proxy for every connection: http, https or socks5, with user and password where it asks for them; without a scheme it is http. Environment: `HH_PROXY_URL`. Default: `HTTPS_PROXY` or `HTTP_PROXY`, by the scheme of `baseUrl`, then `ALL_PROXY`, unless `NO_PROXY` names the host or it is this machine. */
  readonly proxyUrl?: string | undefined;
  /** Whether to refuse a service whose certificate cannot be trusted. `false` gives the key to whoever answers. @default true */
  readonly verifySsl?: boolean | undefined;
  /** File of certificates in PEM form that are trusted beside those of Node.js, such as that of a private authority. Read when the client is made. Environment: `HH_SSL_CERT_PATH`. */
  readonly sslCertPath?: string | undefined;
  /** Whether to log each call with its outcome, its time and its tries, and each try that failed. Environment: `HH_VERBOSE`. @default false */
  readonly verbose?: boolean | undefined;
  /** Whether to log each try as well, with its headers; keys never. `verbose` is on with it. @default false */
  readonly debug?: boolean | undefined;
  /** Whether to log the bodies of requests, as redacted as they are sent; 10,000 characters of each. @default false */
  readonly logRequests?: boolean | undefined;
  /** Whether to log the bodies of responses, 10,000 characters of each. @default false */
  readonly logResponses?: boolean | undefined;
  /** Where logs go: `console`, or any object with the methods `debug`, `info` and `warn`, each given a text and fields. Default: the standard error. */
  readonly logger?: Logger | undefined;
  /** Whether to warn, through `logger`, of a key that goes to another service than its own or over plain http to another machine, and of spool files that are not sent; each once. Environment: `HH_WARNINGS`. @default true */
  readonly warnings?: boolean | undefined;
  /** OpenTelemetry tracer, such as `trace.getTracer('my-app')`. It gets a client span for each request, retries among them, with the stable HTTP attributes. */
  readonly tracerInstance?: ClientTracer | undefined;
  /** Whether to check every request and answer it in the right shape without any network, and keep nothing: lists are empty, and what is looked up by its id or name is there. Needs no key. Environment: `HH_TEST_MODE`. @default false */
  readonly testMode?: boolean | undefined;
  /** Share of the sessions to send, 0 to 1: whole sessions, chosen by a hash of `session_id`. What is not sent is answered with `sampled: false`, and counted. @default 1 */
  readonly sampling?: number | undefined;
  /** What to take out of events, sessions and updates before they leave the process: a function that returns what to send instead, or paths and patterns. It is given a copy; when it throws, nothing is sent. */
  readonly redact?: RedactOption | undefined;
  /** Headers of every request; they win over those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Project of calls that name none. Environment: `HH_PROJECT`. Default: that of the key. */
  readonly project?: string | undefined;
  /** Environment label of sessions and events that name none, such as `production`. Environment: `HH_SOURCE`. */
  readonly source?: string | undefined;
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call with a `HoneyHiveAbortedError` when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds that this call may take as a whole. Default: `timeout` of the client. */
  readonly timeout?: number | undefined;
  /** Headers of this call; they win over those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as `Idempotency-Key`. Makes a request that is otherwise sent once safe to try again. */
  readonly idempotencyKey?: string | undefined;
}
