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
}

/** What sends the requests, and the other options, not yet checked. */
export function splitOptions(given: unknown): { readonly fetch: Fetch; readonly rest: unknown } {
  // Looked up with each request: tests and tracers replace it after the client was made.
  const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);
  if (typeof given !== 'object' || given === null || !('fetch' in given)) {
    return { fetch: platformFetch, rest: given };
  }
  const { fetch = platformFetch, ...rest } = given;
  if (!isFetch(fetch)) {
    throw new HoneyHiveConfigError(['fetch must be a function'], 'invalid_options');
  }
  return { fetch, rest };
}

const isFetch = (value: unknown): value is Fetch => typeof value === 'function';
