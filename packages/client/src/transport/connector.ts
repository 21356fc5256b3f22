import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import type { TransportConfig } from '../options/config.ts';
import type { Clock } from '../runtime/clock.ts';
import { dialThroughProxy, toTlsOptions } from './dial.ts';
import type { Dial } from './dial.ts';

/** Opens connections for undici, to the service or through the proxy. */
export function createConnector(config: TransportConfig, clock: Clock): buildConnector.connector {
  const connect = buildConnector({ timeout: config.connectTimeoutMs, ...toTlsOptions(config) });
  const dial: Dial = (target) =>
    new Promise((resolve, reject) => {
      connect(target, (...[error, socket]) => (error === null ? resolve(socket) : reject(error)));
    });
  const way = dialThroughProxy(config, clock, dial);
  if (way === dial) return connect;
  const connectThroughProxy = callbackify(way);
  return (target, callback) => {
    connectThroughProxy(target, (error: Error | null, socket) =>
      error === null ? callback(null, socket) : callback(error, null),
    );
  };
}
