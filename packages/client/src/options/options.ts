import type { RedactOption } from '../policy/event-redactor.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import type { Logger } from './logger.ts';
import type { ClientTracer } from './tracer.ts';

/** Retry options as one object; the same as the flat `retry…` options. */
export interface RetryConfig {
  /** Number of retries; 0 disables them. @default 3 */
  readonly maxRetries?: number | undefined;
  /** Backoff after the first attempt in seconds; doubles with each attempt. @default 1 */
  readonly backoffFactor?: number | undefined;
  /** Maximum backoff in seconds. @default 60 */
  readonly backoffMax?: number | undefined;
  /** HTTP statuses to retry. @default [408, 429, 500, 502, 503, 504] */
  readonly statusCodes?: readonly number[] | undefined;
  /** Jitter as a share of the backoff, 0 to 1; true is 1, false is 0. @default true */
  readonly jitter?: number | boolean | undefined;
}

/** Options of the client. Precedence: given here, then the environment, then the default. */
export interface HoneyHiveOptions extends DeliveryOptions {
  /** API key. Environment: `HH_API_KEY`, `HONEYHIVE_API_KEY`. An unset key is an error only when a call needs one. */
  readonly apiKey?: string | undefined;
  /**
   * Base URL of the service; may contain a path. Environment: `HH_API_URL`, `HH_BASE_URL`. @default
   * 'https://api.honeyhive.ai'
   */
  readonly baseUrl?: string | undefined;
  /** The same as `baseUrl`. */
  readonly serverUrl?: string | undefined;
  /**
   * Total timeout of a call in seconds, including retries and backoff. Environment: `HH_TIMEOUT`.
   * @default 30
   */
  readonly timeout?: number | undefined;
  /** Connect timeout of one attempt in seconds, accurate to about a second. @default 10 */
  readonly connectionTimeout?: number | undefined;
  /**
   * Read timeout of one attempt in seconds: until the first header, and between two chunks of the body; accurate to
   * about a second.
   * @default 30
   */
  readonly readTimeout?: number | undefined;
  /** Write timeout of one attempt in seconds, without progress. @default 10 */
  readonly writeTimeout?: number | undefined;
  /** Number of retries; 0 disables them. Environment: `HH_MAX_RETRIES`. @default 3 */
  readonly maxRetries?: number | undefined;
  /** Retry options as one object, instead of the flat options. */
  readonly retryConfig?: RetryConfig | undefined;
  /** Backoff after the first attempt in seconds; doubles with each attempt. @default 1 */
  readonly retryBackoffFactor?: number | undefined;
  /** Maximum backoff in seconds; `Retry-After` takes precedence. @default 60 */
  readonly retryBackoffMax?: number | undefined;
  /** Jitter as a share of the backoff, 0 to 1; true is 1, false is 0. @default true */
  readonly retryJitter?: number | boolean | undefined;
  /** HTTP statuses to retry. @default [408, 429, 500, 502, 503, 504] */
  readonly retryOnStatusCodes?: readonly number[] | undefined;
  /**
   * Maximum calls in any `rateLimitWindow`, including retries; further calls wait in order, and fail immediately if
   * their `timeout` is too short. 0 disables the limit. Environment: `HH_RATE_LIMIT_CALLS`. Default: no limit; 100 when
   * only `rateLimitWindow` is given.
   */
  readonly rateLimitCalls?: number | undefined;
  /**
   * Seconds of the window of `rateLimitCalls`. Environment: `HH_RATE_LIMIT_WINDOW`. Default: 60 when `rateLimitCalls`
   * is given.
   */
  readonly rateLimitWindow?: number | undefined;
  /** The same as `rateLimitWindow`. */
  readonly rateLimitPeriod?: number | undefined;
  /** Maximum number of connections; further calls wait. Environment: `HH_MAX_CONNECTIONS`. @default 100 */
  readonly maxConnections?: number | undefined;
  /** Maximum number of idle connections; 0 closes each after its response. @default 20 */
  readonly maxKeepalive?: number | undefined;
  /** The same as `maxKeepalive`. */
  readonly maxKeepaliveConnections?: number | undefined;
  /** Timeout of idle connections in seconds. @default 30 */
  readonly keepaliveExpiry?: number | undefined;
  /**
   * Proxy for every connection: http, https or socks5, with user and password if required; the default scheme is http.
   * Environment: `HH_PROXY_URL`. Default: `HTTPS_PROXY` or `HTTP_PROXY`, by the scheme of `baseUrl`, then `ALL_PROXY`,
   * unless `NO_PROXY` contains the host or it is loopback.
   */
  readonly proxyUrl?: string | undefined;
  /** Whether to verify the certificate of the service. `false` sends the key to any server. @default true */
  readonly verifySsl?: boolean | undefined;
  /**
   * PEM file of certificates to trust in addition to those of Node.js, such as that of a private authority. Read when
   * the client is created. Environment: `HH_SSL_CERT_PATH`.
   */
  readonly sslCertPath?: string | undefined;
  /**
   * Whether to log each call with its outcome, duration and attempts, and each failed attempt. Environment:
   * `HH_VERBOSE`. @default false
   */
  readonly verbose?: boolean | undefined;
  /** Whether to log each attempt too, with its headers but without keys. Implies `verbose`. @default false */
  readonly debug?: boolean | undefined;
  /** Whether to log redacted request bodies, up to 10,000 characters each. @default false */
  readonly logRequests?: boolean | undefined;
  /** Whether to log response bodies, up to 10,000 characters each. @default false */
  readonly logResponses?: boolean | undefined;
  /**
   * Where logs go: `console`, or any object with the methods `debug`, `info` and `warn`, each called with a message and
   * fields. null: nowhere, warnings included. Default: standard error.
   */
  readonly logger?: Logger | null | undefined;
  /**
   * Whether to log warnings: the first event that is not delivered, and their number when the process ends; once each,
   * a key sent to the wrong service or over plain http to another machine, and ignored spool files. Environment:
   * `HH_WARNINGS`. @default true
   */
  readonly warnings?: boolean | undefined;
  /**
   * OpenTelemetry tracer, such as `trace.getTracer('my-app')`. Each request, including retries, creates a client span
   * with the stable HTTP attributes.
   */
  readonly tracerInstance?: ClientTracer | undefined;
  /**
   * Whether to validate requests and return fake responses without any network. Stores nothing, needs no key: lists are
   * empty, and look-ups by id or name succeed. Environment: `HH_TEST_MODE`. @default false
   */
  readonly testMode?: boolean | undefined;
  /**
   * Share of the sessions to send, 0 to 1: whole sessions, chosen by a hash of `session_id`. Calls for other sessions
   * return `sampled: false`, and are counted. @default 1
   */
  readonly sampling?: number | undefined;
  /**
   * Redaction of events, sessions and updates before they leave the process: a function that receives a copy and
   * returns what to send, or paths and patterns. If it throws, nothing is sent.
   */
  readonly redact?: RedactOption | undefined;
  /** Headers of every request; they override those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default project of calls. Environment: `HH_PROJECT`. Default: that of the key. */
  readonly project?: string | undefined;
  /** Default environment label of sessions and events, such as `production`. Environment: `HH_SOURCE`. */
  readonly source?: string | undefined;
}

/** Options of one call. */
export interface CallOptions {
  /** Aborts the call with a `HoneyHiveAbortedError`. */
  readonly signal?: AbortSignal | undefined;
  /** Total timeout of this call in seconds. Default: `timeout` of the client. */
  readonly timeout?: number | undefined;
  /** Headers of this call; they override those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as `Idempotency-Key`. Makes a non-idempotent request safe to retry. */
  readonly idempotencyKey?: string | undefined;
}
