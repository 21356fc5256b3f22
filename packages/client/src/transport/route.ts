import type { TransportConfig } from '../options/config.ts';
import { toOrigin } from '../options/proxy.ts';
import { isForwarding } from './dial.ts';
import { toProxyAuthorization } from './http-tunnel.ts';

/** Where requests go, and what stands before their paths. */
export interface Route {
  readonly origin: string;
  readonly prefix: string;
  /** What the proxy asks for with each request. */
  readonly headers: Readonly<Record<string, string>> | null;
  /** The service, for messages. */
  readonly shown: string;
}

export function toRoute(config: TransportConfig): Route {
  const { proxy } = config;
  const { origin, pathname, host } = new URL(config.baseUrl);
  const prefix = pathname === '/' ? '' : pathname;
  const shown = proxy === null ? origin : `${origin} through ${toOrigin(proxy)}`;
  if (proxy === null || !isForwarding(config)) return { origin, prefix, headers: null, shown };
  const authorization = toProxyAuthorization(proxy);
  return {
    origin: toOrigin(proxy),
    // RFC 9112 section 3.2.2: to a proxy, the whole address.
    prefix: origin + prefix,
    headers: {
      host,
      ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
    },
    shown,
  };
}

/** The limits of one attempt, as errors name them. */
export const toLimits = (config: TransportConfig) => ({
  connectMs: config.connectTimeoutMs,
  writeMs: config.writeTimeoutMs,
  readMs: config.readTimeoutMs,
});
