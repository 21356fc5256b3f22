import { isIPv4, isIPv6 } from 'node:net';
import type { Proxy } from '../options/proxy.ts';
import type { Destination, Line } from './http-tunnel.ts';
import { ProxyError } from './proxy-error.ts';

// Source: RFC 1928, and RFC 1929 for user and password.
const version = 5;
const methods = { none: 0, password: 2, refused: 0xff } as const;
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const;

const replies: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'time to live expired',
  7: 'command not supported',
  8: 'address type not supported',
};

/** Asks a SOCKS5 proxy to pass on the bytes of this connection; names are resolved by the proxy. */
export async function openSocks5(
  line: Line,
  proxy: Proxy,
  destination: Destination,
): Promise<void> {
  await authenticate(line, proxy);
  const { socket, reader } = line;
  const port = Buffer.alloc(2);
  port.writeUInt16BE(destination.port);
  const connect = Buffer.from([version, 1, 0]);
  socket.write(Buffer.concat([connect, toAddress(destination.hostname), port]));
  const [, reply = 1, , type] = await reader.readBytes(4);
  if (reply !== 0) {
    const reason = replies[reply] ?? `reply ${reply}`;
    throw new ProxyError('HH_PROXY_REFUSED', `the proxy answered: ${reason}`);
  }
  // The address that the proxy connects from: nobody needs it, but it is in the way.
  const length =
    type === addressTypes.name
      ? ((await reader.readBytes(1))[0] ?? 0)
      : type === addressTypes.ipv6
        ? 16
        : 4;
  await reader.readBytes(length + 2);
}

async function authenticate({ socket, reader }: Line, { credentials }: Proxy): Promise<void> {
  const offered = credentials === null ? [methods.none] : [methods.none, methods.password];
  socket.write(Buffer.from([version, offered.length, ...offered]));
  const [, method] = await reader.readBytes(2);
  if (method === methods.none) return;
  if (method !== methods.password || credentials === null) {
    throw new ProxyError('HH_PROXY_AUTHENTICATION', 'the proxy asks for credentials');
  }
  const { username, password } = credentials;
  socket.write(Buffer.concat([Buffer.from([1]), withLength(username), withLength(password)]));
  const [, status] = await reader.readBytes(2);
  if (status !== 0) {
    throw new ProxyError('HH_PROXY_AUTHENTICATION', 'the proxy refused the credentials');
  }
}

function toAddress(hostname: string): Buffer {
  if (isIPv4(hostname)) return Buffer.from([addressTypes.ipv4, ...hostname.split('.').map(Number)]);
  if (isIPv6(hostname)) return Buffer.from([addressTypes.ipv6, ...toIPv6Bytes(hostname)]);
  return Buffer.concat([Buffer.from([addressTypes.name]), withLength(hostname)]);
}

/** One byte counts the bytes of the text. */
function withLength(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) {
    throw new ProxyError('HH_PROXY_REFUSED', 'SOCKS5 has no room for texts of more than 255 bytes');
  }
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function toIPv6Bytes(hostname: string): number[] {
  // The URL parser writes an address that ends like IPv4 in groups of hex digits, too.
  const plain = new URL(`http://[${hostname}]`).hostname.slice(1, -1);
  const [left = '', right] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const tail = groups(right ?? '');
  const head = groups(left);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >>> 8, value & 0xff];
  });
}
