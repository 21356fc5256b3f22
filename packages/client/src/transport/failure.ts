import {
  HoneyHiveClosedError,
  HoneyHiveConnectionError,
  HoneyHiveError,
  HoneyHiveProtocolError,
  HoneyHiveTimeoutError,
} from '../errors/errors.ts';
import type { TimeoutPhase } from '../errors/errors.ts';

/** An attempt that failed before a whole response was there. */
export interface Failure {
  readonly cause: unknown;
  readonly operation: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly elapsedMs: number;
  readonly limits: {
    readonly connectMs: number;
    readonly writeMs: number;
    readonly readMs: number;
  };
}

interface Row {
  readonly code: string;
  /** Continues "could not reach <origin>: ". */
  readonly what: string;
  readonly mayHaveArrived: boolean;
  readonly retryable: boolean;
}

const refused = {
  code: 'connection_refused',
  what: 'connection refused; check that the service runs there, and baseUrl',
  mayHaveArrived: false,
  retryable: true,
};
const unresolved = {
  code: 'dns_failed',
  what: 'the name cannot be resolved; check baseUrl and the network',
  mayHaveArrived: false,
  retryable: true,
};
const unreachable = {
  code: 'network_unreachable',
  what: 'no route; check the network',
  mayHaveArrived: false,
  retryable: true,
};
const reset = {
  code: 'connection_reset',
  what: 'the connection broke before the response was complete',
  mayHaveArrived: true,
  retryable: true,
};
const untrusted = {
  code: 'tls_failed',
  what: 'no trusted TLS connection; check the certificate, the host name in baseUrl, and http against https',
  mayHaveArrived: false,
  retryable: false,
};
const failed = {
  code: 'connection_failed',
  what: 'the connection failed',
  mayHaveArrived: true,
  retryable: true,
};

const proxyUnreachable = {
  code: 'proxy_unreachable',
  what: 'the proxy cannot be reached; check proxyUrl',
  mayHaveArrived: false,
  retryable: true,
};
const proxyRefused = {
  code: 'proxy_refused',
  what: 'the proxy opened no way to it; check that it may be reached from there',
  mayHaveArrived: false,
  retryable: true,
};
const proxyAuthentication = {
  code: 'proxy_authentication',
  what: 'the proxy wants another user and password; put them into proxyUrl',
  mayHaveArrived: false,
  retryable: false,
};

const byCode: Readonly<Record<string, Row>> = {
  ECONNREFUSED: refused,
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  EAI_FAIL: unresolved,
  ENETUNREACH: unreachable,
  EHOSTUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ECONNRESET: reset,
  ECONNABORTED: reset,
  EPIPE: reset,
  ETIMEDOUT: reset,
  UND_ERR_SOCKET: reset,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: reset,
  EPROTO: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  HOSTNAME_MISMATCH: untrusted,
  HH_PROXY_UNREACHABLE: proxyUnreachable,
  HH_PROXY_REFUSED: proxyRefused,
  HH_PROXY_AUTHENTICATION: proxyAuthentication,
};

/** What of one attempt can take too long. */
export type TryPhase = Exclude<TimeoutPhase, 'total'>;

const timeouts: Readonly<Record<string, TryPhase>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  HH_PROXY_TIMEOUT: 'connect',
  HH_WRITE_TIMEOUT: 'write',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'body',
};

/** The error to throw for an attempt that failed. */
export function toFailure(failure: Failure): HoneyHiveError {
  const { cause, operation, origin } = failure;
  if (cause instanceof HoneyHiveError) return cause;
  const code = codeOf(cause);
  const which = timeoutOf(code, cause);
  if (which !== null) return toTimeout(which, failure);
  if (code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') {
    return new HoneyHiveClosedError(`${operation}: the client was closed`, { cause });
  }
  const violation = violationOf(cause, code);
  if (violation !== null) {
    const message = `${operation}: ${origin} sent ${violation.got}; check that baseUrl is that of a honeyhive service`;
    return new HoneyHiveProtocolError(message, { path: '', expected: violation.expected, cause });
  }
  const row = byCode[code] ?? (isTlsCode(code) ? untrusted : failed);
  const detail = row === failed && code !== '' ? ` (${code})` : '';
  return new HoneyHiveConnectionError(
    `${operation}: could not reach ${origin}: ${row.what}${detail}`,
    { ...row, cause },
  );
}

/** What was waited for, and which option bounds it. */
const phases = {
  connect: { waited: 'no connection from', option: 'connectionTimeout', limit: 'connectMs' },
  write: { waited: 'no more of the request taken by', option: 'writeTimeout', limit: 'writeMs' },
  headers: { waited: 'no response from', option: 'readTimeout', limit: 'readMs' },
  body: { waited: 'no further part of the response from', option: 'readTimeout', limit: 'readMs' },
} as const;

/** The error to throw for an attempt that took too long. */
export function toTimeout(which: TryPhase, failure: Failure): HoneyHiveTimeoutError {
  const { cause, operation, origin, elapsedMs, limits } = failure;
  const { waited, option, limit } = phases[which];
  const limitMs = limits[limit];
  return new HoneyHiveTimeoutError(
    `${operation}: ${waited} ${origin} within ${limitMs} ms; raise ${option}, or check the service`,
    { which, limitMs, elapsedMs, cause },
  );
}

function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
}

function timeoutOf(code: string, cause: unknown): TryPhase | null {
  // The system's own limit on connecting, shorter than ours on some machines.
  const isConnecting =
    typeof cause === 'object' &&
    cause !== null &&
    'syscall' in cause &&
    cause.syscall === 'connect';
  return code === 'ETIMEDOUT' && isConnecting ? 'connect' : (timeouts[code] ?? null);
}

function violationOf(cause: unknown, code: string): { got: string; expected: string } | null {
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return { got: 'a response that is too large', expected: 'a smaller response' };
  }
  // undici's parser has no code for some of its complaints; those of node:http have one.
  const isUnparsed = cause instanceof Error && cause.name === 'HTTPParserError';
  if (isUnparsed || code === 'UND_ERR_HEADERS_OVERFLOW' || code.startsWith('HPE_')) {
    return { got: 'something that is not HTTP', expected: 'an HTTP response' };
  }
  return null;
}

const isTlsCode = (code: string): boolean => /^(?:CERT_|ERR_TLS_|ERR_SSL_)/.test(code);
