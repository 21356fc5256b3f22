/** One row of the closed list of error codes that a response may carry in `errorCode`. */
export interface ErrorRow {
  /** HTTP status the code is sent with. */
  readonly status: number;
  /** Whether a retry can succeed. */
  readonly retryable: boolean;
  /** What the caller should do. */
  readonly advice: string;
}

/** The closed list of wire error codes. Server, client and docs read this one table. */
export const errorCodes = {
  invalid_json: { status: 400, retryable: false, advice: 'Send the body as UTF-8 JSON.' },
  invalid_encoding: {
    status: 400,
    retryable: false,
    advice: 'Send the compressed body whole, in the encoding that content-encoding names.',
  },
  invalid_request: {
    status: 400,
    retryable: false,
    advice: 'Correct the fields that `issues` lists and send the request again.',
  },
  unauthenticated: {
    status: 401,
    retryable: false,
    advice:
      'Send a valid key as `Authorization: Bearer <key>`; `honeyhive keys create` creates one.',
  },
  forbidden: {
    status: 403,
    retryable: false,
    advice: 'Use a key with the required access; `honeyhive keys create --help` lists the values.',
  },
  not_found: {
    status: 404,
    retryable: false,
    advice: 'Check the id or name, and that the key belongs to the right project.',
  },
  method_not_allowed: {
    status: 405,
    retryable: false,
    advice: 'Use a method that the `allow` header lists.',
  },
  request_timeout: {
    status: 408,
    retryable: true,
    advice: 'Send the whole request at once; a slow connection needs smaller ones.',
  },
  conflict: {
    status: 409,
    retryable: false,
    advice: 'Choose another name or id; if several projects have the id, name one of them.',
  },
  too_large: {
    status: 413,
    retryable: false,
    advice: 'Send less in one request: the message names the limit.',
  },
  invalid_range: {
    status: 416,
    retryable: false,
    advice: 'Ask for bytes within the size that `content-range` names.',
  },
  unsupported_media_type: {
    status: 415,
    retryable: false,
    advice:
      'Send `content-type: application/json`, encoded as identity, gzip, deflate, br or zstd.',
  },
  misdirected: {
    status: 421,
    retryable: false,
    advice: 'Use a host name that the service accepts, or set `HH_PUBLIC_URL` to the URL you use.',
  },
  headers_too_large: {
    status: 431,
    retryable: false,
    advice: 'Send fewer or shorter headers: 16 KiB together.',
  },
  rate_limited: { status: 429, retryable: true, advice: 'Wait as long as `retry-after` says.' },
  internal: {
    status: 500,
    retryable: true,
    advice: 'Report it with the request id from `x-request-id`.',
  },
  unavailable: {
    status: 503,
    retryable: true,
    advice: 'The store is busy or unavailable; wait as long as `retry-after` says.',
  },
} as const satisfies Record<string, ErrorRow>;

/** A machine-readable error code, as in the `errorCode` of an error body. */
export type ErrorCode = keyof typeof errorCodes;

/** One thing wrong with a request. */
export interface Issue {
  /** Path of the field, dotted, with indexes in brackets: `events[3].inputs`. Empty for the request as a whole. */
  readonly field: string;
  /** What was wrong and what is allowed. */
  readonly message: string;
}

/** The body of every response that is not 2xx. Source: docs/contract.md, "Errors". */
export interface ErrorBody {
  readonly statusCode: number;
  readonly message: string;
  readonly success: false;
  readonly errorCode: ErrorCode;
  /** Problems by field; absent when no field caused the error. */
  readonly issues?: readonly Issue[];
}
