import type { ErrorCode } from '../generated/types.ts';
import { brand } from './brand.ts';

/** What every error of this client is made of. */
export interface HoneyHiveErrorOptions {
  /** Stable, machine-readable. */
  readonly code: string;
  readonly cause?: unknown;
  /** `x-request-id` of the response; null if absent. */
  readonly requestId?: string | null;
  /** Whether the same call, made again later, may succeed. Default false. */
  readonly retryable?: boolean;
}

/** The base of all errors that this client throws. */
export class HoneyHiveError extends Error {
  static {
    brand(this, 'HoneyHiveError');
  }
  /** Stable, machine-readable: `invalid_request`, `connection_refused`, `timeout_total`, … */
  readonly code: string;
  /** Id to name in a report to the operator of the service; null without a response. */
  readonly requestId: string | null;
  /** Whether the same call, made again later, may succeed. */
  readonly retryable: boolean;

  constructor(message: string, options: HoneyHiveErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.requestId = options.requestId ?? null;
    this.retryable = options.retryable ?? false;
  }

  /** What is safe to log: no header, no body, no stack. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.requestId === null ? {} : { requestId: this.requestId }),
      ...(this.cause === undefined ? {} : { cause: summarise(this.cause) }),
    };
  }
}

function summarise(cause: unknown): unknown {
  if (cause instanceof HoneyHiveError) return cause.toJSON();
  if (cause instanceof Error) return { name: cause.name, message: cause.message };
  return { name: typeof cause };
}

/** Options that cannot be used. Lists every problem at once. */
export class HoneyHiveConfigError extends HoneyHiveError {
  static {
    brand(this, 'HoneyHiveConfigError');
  }
  /** One sentence for each thing that is wrong. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], code: 'invalid_options' | 'missing_api_key') {
    const [first = 'the options cannot be used'] = problems;
    const list = problems.map((problem) => `\n- ${problem}`).join('');
    super(problems.length < 2 ? first : `${problems.length} options cannot be used:${list}`, {
      code,
    });
    this.problems = problems;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), problems: this.problems };
  }
}

/** Options of {@link HoneyHiveConnectionError}. */
export interface ConnectionErrorOptions extends HoneyHiveErrorOptions {
  readonly mayHaveArrived: boolean;
}

/** No response: name resolution, refusal, reset, TLS. */
export class HoneyHiveConnectionError extends HoneyHiveError {
  static {
    brand(this, 'HoneyHiveConnectionError');
  }
  /** False when the request certainly never reached the service. */
  readonly mayHaveArrived: boolean;

  constructor(message: string, options: ConnectionErrorOptions) {
    super(message, options);
    this.mayHaveArrived = options.mayHaveArrived;
  }
}

/**
 * What took too long: to connect, to write the request, until the first header, between two parts of the body, or the
 * call as a whole.
 */
export type TimeoutPhase = 'connect' | 'write' | 'headers' | 'body' | 'total';

/** Options of {@link HoneyHiveTimeoutError}. */
export interface TimeoutErrorOptions {
  readonly which: TimeoutPhase;
  /** Milliseconds. */
  readonly limitMs: number;
  /** Milliseconds. */
  readonly elapsedMs: number;
  readonly cause?: unknown;
}

/** No response in time. */
export class HoneyHiveTimeoutError extends HoneyHiveConnectionError {
  static {
    brand(this, 'HoneyHiveTimeoutError');
  }
  /** What took too long. */
  readonly which: TimeoutPhase;
  /** The limit that was passed, milliseconds. */
  readonly limitMs: number;
  /** How long it had taken by then, milliseconds; for `total` since the call began, else since the attempt began. */
  readonly elapsedMs: number;

  constructor(message: string, options: TimeoutErrorOptions) {
    super(message, {
      code: `timeout_${options.which}`,
      cause: options.cause,
      retryable: true,
      mayHaveArrived: options.which !== 'connect',
    });
    this.which = options.which;
    this.limitMs = options.limitMs;
    this.elapsedMs = options.elapsedMs;
  }

  override toJSON(): Record<string, unknown> {
    const { which, limitMs, elapsedMs } = this;
    return { ...super.toJSON(), which, limitMs, elapsedMs };
  }
}

/** The caller's signal ended the call; its reason is the `cause`. Never retried. */
export class HoneyHiveAbortedError extends HoneyHiveError {
  static {
    brand(this, 'HoneyHiveAbortedError');
  }

  constructor(message: string, options: { readonly cause: unknown }) {
    super(message, { code: 'aborted', cause: options.cause });
  }
}

/** A response as it came. */
export interface RawResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it was JSON, else text. */
  readonly body: unknown;
}

/** One thing that is wrong with a request. */
export interface Issue {
  /** Path of the field, such as `events[3].inputs`; empty for the request as a whole. */
  readonly field: string;
  readonly message: string;
}

/** Options of {@link HoneyHiveAPIError}. */
export interface ApiErrorOptions {
  readonly statusCode: number;
  readonly response: RawResponse | null;
  /** Default `http_<status>`. */
  readonly errorCode?: ErrorCode | (string & {}) | undefined;
  readonly issues?: readonly Issue[];
  readonly requestId?: string | null;
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** The service answered with an error, or the input was refused before it was sent. */
export class HoneyHiveAPIError extends HoneyHiveError {
  static {
    brand(this, 'HoneyHiveAPIError');
  }
  /** HTTP status; 400 when the input was refused before it was sent. */
  readonly statusCode: number;
  /** The response as it came; null when the input was refused before it was sent. */
  readonly response: RawResponse | null;
  /** `errorCode` of the body; `http_<status>` when it had none. */
  readonly errorCode: ErrorCode | (string & {});
  /** What was wrong, field by field; empty when no field is to blame. */
  readonly issues: readonly Issue[];

  constructor(message: string, options: ApiErrorOptions) {
    const errorCode = options.errorCode ?? `http_${options.statusCode}`;
    super(message, { ...options, code: errorCode });
    this.statusCode = options.statusCode;
    this.response = options.response;
    this.errorCode = errorCode;
    this.issues = options.issues ?? [];
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), statusCode: this.statusCode, issues: this.issues };
  }
}

/** 401 or 403: the key is missing, wrong, or may not do this. */
export class HoneyHiveAuthenticationError extends HoneyHiveAPIError {
  static {
    brand(this, 'HoneyHiveAuthenticationError');
  }
}

/** 404: nothing there, or nothing that the key may see. */
export class HoneyHiveNotFoundError extends HoneyHiveAPIError {
  static {
    brand(this, 'HoneyHiveNotFoundError');
  }
}

/** 400 or 422: the input cannot be used. Also thrown before sending, with `response` null. */
export class HoneyHiveValidationError extends HoneyHiveAPIError {
  static {
    brand(this, 'HoneyHiveValidationError');
  }
}

/** 429: too many requests, also after the retries. */
export class HoneyHiveRateLimitError extends HoneyHiveAPIError {
  static {
    brand(this, 'HoneyHiveRateLimitError');
  }
  /** Seconds to wait, as the service asks for; null when it does not say. */
  readonly retryAfter: number | null;

  constructor(message: string, options: ApiErrorOptions & { readonly retryAfter: number | null }) {
    super(message, options);
    this.retryAfter = options.retryAfter;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), retryAfter: this.retryAfter };
  }
}

/** Options of {@link HoneyHiveProtocolError}. */
export interface ProtocolErrorOptions {
  readonly path: string;
  readonly expected: string;
  readonly requestId?: string | null;
  readonly cause?: unknown;
}

/** The other side broke the contract: it may not be a honeyhive service. */
export class HoneyHiveProtocolError extends HoneyHiveError {
  static {
    brand(this, 'HoneyHiveProtocolError');
  }
  /** Where in the response body, such as `events[0].event_id`; empty for the body as a whole. */
  readonly path: string;
  /** What should have been there. */
  readonly expected: string;

  constructor(message: string, options: ProtocolErrorOptions) {
    super(message, { ...options, code: 'protocol_violation' });
    this.path = options.path;
    this.expected = options.expected;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), path: this.path, expected: this.expected };
  }
}

/** The client was used after `close()`. */
export class HoneyHiveClosedError extends HoneyHiveError {
  static {
    brand(this, 'HoneyHiveClosedError');
  }

  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { code: 'closed', cause: options.cause });
  }
}
