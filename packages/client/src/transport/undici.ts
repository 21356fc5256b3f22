import type { Dispatcher } from 'undici';
import type { TransportConfig } from '../options/config.ts';
import { toOrigin } from '../options/proxy.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Send, WireRequest } from '../wire/pipeline.ts';
import { createConnector, isForwarding } from './connector.ts';
import { exchange } from './exchange.ts';
import { toFailure } from './failure.ts';
import { toProxyAuthorization } from './http-tunnel.ts';
import { openBoundedPool } from './idle-connections.ts';
import { maxResponseBytes } from './response-text.ts';
import type { Transport } from './transport.ts';

/** Sends over a pool of kept-alive connections. Nothing is opened before the first request. */
export function createUndiciTransport(config: TransportConfig, clock: Clock): Transport {
  const { proxy } = config;
  const { origin, pathname } = new URL(config.baseUrl);
  const route = toRoute(config, { origin, prefix: pathname === '/' ? '' : pathname });
  const limits = {
    connectMs: config.connectTimeoutMs,
    writeMs: config.writeTimeoutMs,
    readMs: config.readTimeoutMs,
  };
  const { pool, trim } = openBoundedPool(route.origin, config, {
    connect: createConnector(config, clock),
    headersTimeout: config.readTimeoutMs,
    bodyTimeout: config.readTimeoutMs,
    keepAliveTimeout: config.idleTimeoutMs,
    // A service's own hint may shorten the time, never lengthen it.
    keepAliveMaxTimeout: config.idleTimeoutMs,
    maxResponseSize: maxResponseBytes,
  });
  const shown = proxy === null ? origin : `${origin} through ${toOrigin(proxy)}`;
  const reset = config.maxIdleConnections === 0;
  let underWay = 0;

  const send: Send = async (request, signal) => {
    const startedAtMs = clock.monotonicMs();
    underWay += 1;
    try {
      return await exchange(pool, toOptions(request, route, reset), signal);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      const elapsedMs = clock.monotonicMs() - startedAtMs;
      throw toFailure({ cause, operation: request.operation, origin: shown, elapsedMs, limits });
    } finally {
      underWay -= 1;
      trim(underWay);
    }
  };
  const close = async (): Promise<void> => {
    await pool.close();
  };
  return { send, close };
}

const toOptions = (
  { path, method, headers, body }: WireRequest,
  route: Route,
  reset: boolean,
): Dispatcher.DispatchOptions => ({
  path: route.prefix + path,
  method,
  headers: route.headers === null ? headers : { ...headers, ...route.headers },
  body,
  reset,
});

/** Where requests go, and what stands before their paths. */
interface Route {
  readonly origin: string;
  readonly prefix: string;
  /** What the proxy asks for with each request. */
  readonly headers: Readonly<Record<string, string>> | null;
}

function toRoute(
  config: TransportConfig,
  service: { readonly origin: string; readonly prefix: string },
): Route {
  const { proxy } = config;
  if (proxy === null || !isForwarding(config)) return { ...service, headers: null };
  const authorization = toProxyAuthorization(proxy);
  return {
    origin: toOrigin(proxy),
    // RFC 9112 section 3.2.2: to a proxy, the whole address.
    prefix: service.origin + service.prefix,
    headers: {
      host: new URL(service.origin).host,
      ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
    },
  };
}
