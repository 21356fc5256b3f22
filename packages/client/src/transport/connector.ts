import type { Socket } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import type { TransportConfig } from '../options/config.ts';
import type { Proxy } from '../options/proxy.ts';
import type { Clock } from '../runtime/clock.ts';
import { openHttpTunnel } from './http-tunnel.ts';
import { ProxyError } from './proxy-error.ts';
import { createSocketReader } from './socket-reader.ts';
import { openSocks5 } from './socks5.ts';

type Target = Parameters<buildConnector.connector>[0];

/** Opens connections to the service, through the proxy where there is one. */
export function createConnector(config: TransportConfig, clock: Clock): buildConnector.connector {
  const dial = buildConnector({ timeout: config.connectTimeoutMs, ...toTlsOptions(config) });
  const { proxy, connectTimeoutMs } = config;
  if (proxy === null || isForwarding(config)) return dial;
  const openWay = proxy.kind === 'socks5' ? openSocks5 : openHttpTunnel;

  const reach = async (target: Target): Promise<Socket> => {
    const socket = await reachProxy(dial, proxy);
    const reader = createSocketReader(socket);
    const cancelTimer = clock.after(connectTimeoutMs, () => {
      socket.destroy(new ProxyError('HH_PROXY_TIMEOUT', 'the proxy did not answer in time'));
    });
    try {
      await openWay({ socket, reader }, proxy, toDestination(target));
    } catch (error) {
      // Released by then: what the socket says now has nobody left to hear it.
      socket.on('error', () => undefined).destroy();
      throw error;
    } finally {
      cancelTimer();
      reader.release();
    }
    return target.protocol === 'https:' ? open(dial, { ...target, httpSocket: socket }) : socket;
  };

  const connect = callbackify(reach);
  return (target, callback) => {
    connect(target, (error: Error | null, socket) =>
      error === null ? callback(null, socket) : callback(error, null),
    );
  };
}

/** Whether requests go to the proxy itself, which sends them on: HTTP proxies seldom tunnel what is not TLS. */
export const isForwarding = ({ baseUrl, proxy }: TransportConfig): boolean =>
  proxy !== null && proxy.kind !== 'socks5' && new URL(baseUrl).protocol === 'http:';

async function reachProxy(dial: buildConnector.connector, proxy: Proxy): Promise<Socket> {
  const { hostname, port, kind } = proxy;
  const protocol = kind === 'https' ? 'https:' : 'http:';
  try {
    return await open(dial, { hostname, host: hostname, port: String(port), protocol });
  } catch (cause) {
    throw new ProxyError('HH_PROXY_UNREACHABLE', 'the proxy could not be reached', cause);
  }
}

const open = (dial: buildConnector.connector, target: Target): Promise<Socket> =>
  new Promise((resolve, reject) => {
    dial(target, (...[error, socket]) => (error === null ? resolve(socket) : reject(error)));
  });

const toDestination = ({ hostname, port, protocol }: Target) => ({
  hostname: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port || (protocol === 'https:' ? 443 : 80)),
});

function toTlsOptions({ isTlsVerified, certificates }: TransportConfig) {
  return {
    rejectUnauthorized: isTlsVerified,
    // Made once: to read all the authorities again for each connection would take milliseconds.
    ...(certificates === null
      ? {}
      : { secureContext: createSecureContext({ ca: [...rootCertificates, certificates] }) }),
  };
}
