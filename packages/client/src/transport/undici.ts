import type { Dispatcher } from 'undici';
import type { TransportConfig } from '../options/config.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Send, WireRequest } from '../wire/pipeline.ts';
import { createConnector } from './connector.ts';
import { exchange } from './exchange.ts';
import { toFailure } from './failure.ts';
import { openBoundedPool } from './idle-connections.ts';
import { maxResponseBytes } from './response-text.ts';
import { toLimits, toRoute } from './route.ts';
import type { Route } from './route.ts';
import type { Transport } from './transport.ts';

/** Sends over a pool of kept-alive connections. Nothing is opened before the first request. */
export function createUndiciTransport(config: TransportConfig, clock: Clock): Transport {
  const route = toRoute(config);
  const limits = toLimits(config);
  const { pool, trim } = openBoundedPool(route.origin, config, {
    connect: createConnector(config, clock),
    headersTimeout: config.readTimeoutMs,
    bodyTimeout: config.readTimeoutMs,
    keepAliveTimeout: config.idleTimeoutMs,
    // A service's own hint may shorten the time, never lengthen it.
    keepAliveMaxTimeout: config.idleTimeoutMs,
    maxResponseSize: maxResponseBytes,
  });
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
      const { operation } = request;
      throw toFailure({ cause, operation, origin: route.shown, elapsedMs, limits });
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
