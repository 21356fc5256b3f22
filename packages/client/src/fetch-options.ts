import { HoneyHiveConfigError } from './errors/errors.ts';
import type { HoneyHiveOptions } from './options/options.ts';
import type { Unavailable } from './options/resolve-options.ts';
import type { Fetch } from './transport/fetch.ts';

const connections = 'fetch keeps the connections as it likes';
const trust = 'fetch trusts whom the platform trusts';
const noEnd =
  'the end of a page or a worker cannot be waited for; await flush(), or give it to waitUntil';

/** Options that `fetch` has no way to honour, and why. */
export const unavailable = {
  connectionTimeout: 'fetch does not say when it is connected; use readTimeout',
  writeTimeout: 'fetch does not say when it has sent the request; use readTimeout',
  maxConnections: connections,
  maxKeepalive: connections,
  keepaliveExpiry: connections,
  proxyUrl: connections,
  verifySsl: trust,
  sslCertPath: trust,
  exitTimeout: noEnd,
  handleSignals: noEnd,
  spool: 'there are no files to write ahead to',
} as const satisfies Unavailable;

/** Options of the client on `fetch`: those of `honeyhive` without those for connections. */
export interface FetchOptions extends Omit<
  HoneyHiveOptions,
  keyof typeof unavailable | 'maxKeepaliveConnections'
> {
  /** Sends the requests, such as the `fetch` of a service binding. Default: that of the platform. */
  readonly fetch?: Fetch | undefined;
  /**
   * For pages of the service itself, whose user signed in with `POST /ui/session`: requests use its cookie instead of a
   * key. Returns the CSRF token, sent with all requests except GET; null: not signed in. Default: requests use the key.
   */
  readonly csrfToken?: (() => string | null) | undefined;
}

/** What sends the requests, what they carry, and the other options, not yet checked. */
export interface SplitOptions {
  readonly fetch: Fetch;
  readonly credentials: 'key' | 'cookie';
  readonly rest: unknown;
}

export function splitOptions(given: unknown): SplitOptions {
  if (typeof given !== 'object' || given === null) {
    return { fetch: platformFetch, credentials: 'key', rest: given };
  }
  const {
    fetch = platformFetch,
    csrfToken,
    ...rest
  }: { fetch?: unknown; csrfToken?: unknown } = given;
  const problems = [
    ...(isFetch(fetch) ? [] : ['fetch must be a function']),
    ...(csrfToken === undefined || isTokenSource(csrfToken)
      ? []
      : ['csrfToken must be a function']),
  ];
  if (problems.length > 0 || !isFetch(fetch)) {
    throw new HoneyHiveConfigError(problems, 'invalid_options');
  }
  return isTokenSource(csrfToken)
    ? { fetch: withCookie(fetch, csrfToken), credentials: 'cookie', rest }
    : { fetch, credentials: 'key', rest };
}

/** Looked up with each request: tests and tracers replace it after the client was made. */
const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);

/** Browsers send the cookie automatically; the CSRF token proves that the request comes from our page. */
const withCookie =
  (fetch: Fetch, csrfToken: () => string | null): Fetch =>
  (url, init) => {
    const token = init.method === 'GET' ? null : csrfToken();
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('x-csrf-token', token);
    return fetch(url, { ...init, headers, credentials: 'same-origin' });
  };

const isFetch = (value: unknown): value is Fetch => typeof value === 'function';

const isTokenSource = (value: unknown): value is () => string | null => typeof value === 'function';
