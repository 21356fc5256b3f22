import type { Socket } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { buildConnector } from 'undici';
import type { TransportConfig } from '../options/config.ts';
import type { Proxy } from '../options/proxy.ts';
import type { Clock } from '../runtime/clock.ts';
import { openHttpTunnel } from './http-tunnel.ts';
import { ProxyError } from './proxy-error.ts';
import { createSocketReader } from './socket-reader.ts';
import { openSocks5 } from './socks5.ts';

/** Where a connection leads, and the one below it, if it is a tunnel. */
export type Target = Parameters<buildConnector.connector>[0];

/** Opens a connection, with TLS when the protocol of the target is `https:`. */
export type Dial = (target: Target) => Promise<Socket>;

/** Opens connections to the service, through the proxy where there is one. */
export function dialThroughProxy(config: TransportConfig, clock: Clock, dial: Dial): Dial {
  const { proxy, connectTimeoutMs } = config;
  if (proxy === null || isForwarding(config)) return dial;
  const openWay = proxy.kind === 'socks5' ? openSocks5 : openHttpTunnel;

  return async (target) => {
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
    return target.protocol === 'https:' ? dial({ ...target, httpSocket: socket }) : socket;
  };
}

/** Whether requests go to the proxy itself, which sends them on: HTTP proxies seldom tunnel what is not TLS. */
export const isForwarding = ({ baseUrl, proxy }: TransportConfig): boolean =>
  proxy !== null && proxy.kind !== 'socks5' && new URL(baseUrl).protocol === 'http:';

async function reachProxy(dial: Dial, proxy: Proxy): Promise<Socket> {
  const { hostname, port, kind } = proxy;
  const protocol = kind === 'https' ? 'https:' : 'http:';
  try {
    return await dial({ hostname, host: hostname, port: String(port), protocol });
  } catch (cause) {
    throw new ProxyError('HH_PROXY_UNREACHABLE', 'the proxy could not be reached', cause);
  }
}

/** Host without brackets, and port, of a target. */
export const toDestination = ({ hostname, port, protocol }: Target) => ({
  hostname: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port || (protocol === 'https:' ? 443 : 80)),
});

/** Which certificates are trusted. */
export function toTlsOptions({ isTlsVerified, certificates }: TransportConfig) {
  return {
    rejectUnauthorized: isTlsVerified,
    // Made once: to read all the authorities again for each connection would take milliseconds.
    ...(certificates === null
      ? {}
      : { secureContext: createSecureContext({ ca: [...rootCertificates, certificates] }) }),
  };
}

/** The socket, which does not keep the process alive from now on. */
export function withoutHold(socket: Socket): Socket {
  socket.unref();
  socket.ref = () => socket;
  return socket;
}
