import type { Socket } from 'node:net';
import { bracket } from '../options/proxy.ts';
import type { Proxy } from '../options/proxy.ts';
import { ProxyError } from './proxy-error.ts';
import type { SocketReader } from './socket-reader.ts';

/** Where a connection through a proxy leads to. */
export interface Destination {
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
}

/** A connection to a proxy, both ways. */
export interface Line {
  readonly socket: Socket;
  readonly reader: SocketReader;
}

const maxHeadBytes = 64 * 1024;

/** Asks an HTTP proxy to pass on the bytes of this connection as they are. Source: RFC 9110 section 9.3.6. */
export async function openHttpTunnel(
  { socket, reader }: Line,
  proxy: Proxy,
  { hostname, port }: Destination,
): Promise<void> {
  const authority = `${bracket(hostname)}:${port}`;
  const credentials = toProxyAuthorization(proxy);
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(credentials === null ? [] : [`Proxy-Authorization: ${credentials}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const head = await reader.readUntil('\r\n\r\n', maxHeadBytes);
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
  if (status >= 200 && status < 300) return;
  if (status === 407) {
    throw new ProxyError('HH_PROXY_AUTHENTICATION', 'the proxy answered 407');
  }
  const answer = Number.isNaN(status) ? 'something that is not HTTP' : String(status);
  throw new ProxyError('HH_PROXY_REFUSED', `the proxy answered ${answer}`);
}

/** Value of `proxy-authorization`; null when the URL of the proxy has no credentials. Source: RFC 7617. */
export function toProxyAuthorization({ credentials }: Proxy): string | null {
  if (credentials === null) return null;
  const { username, password } = credentials;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
