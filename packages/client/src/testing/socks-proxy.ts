import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createSocketReader } from '../transport/socket-reader.ts';
import { listen } from './listening.ts';

/** A SOCKS5 proxy, and where it was asked to connect to: `name host:port`, by the type of the address. */
export interface SocksProxy extends AsyncDisposable {
  readonly port: number;
  readonly asked: readonly string[];
}

/** How the proxy behaves. */
export interface SocksProxyOptions {
  /** `user:password` that it asks for. */
  readonly credentials?: string;
  /** Answers with this reply instead of a connection. */
  readonly reply?: number;
}

/** A SOCKS5 proxy for whom every name leads to this machine. It sends what it says byte by byte. */
export async function startSocksProxy(options: SocksProxyOptions = {}): Promise<SocksProxy> {
  const asked: string[] = [];
  const serve = async (socket: Socket) => {
    const reader = createSocketReader(socket);
    const read = (count: number) => reader.readBytes(count);
    const say = (...bytes: readonly number[]) => {
      for (const byte of bytes) socket.write(Buffer.from([byte]));
    };
    const [, count = 0] = await read(2);
    const methods = [...(await read(count))];
    const method = options.credentials === undefined ? 0 : 2;
    if (!methods.includes(method)) return socket.end(Buffer.from([5, 0xff]));
    say(5, method);
    if (options.credentials !== undefined) {
      const isWelcome = (await readCredentials(read)) === options.credentials;
      say(1, isWelcome ? 0 : 1);
      if (!isWelcome) return socket.end();
    }
    const [, , , type] = await read(4);
    const host = await readHost(type ?? 0, read);
    const port = (await read(2)).readUInt16BE();
    asked.push(`${host}:${port}`);
    if (options.reply !== undefined) return say(5, options.reply, 0, 1, 0, 0, 0, 0, 0, 0);
    reader.release();
    const upstream = connect(port, '127.0.0.1', () => {
      say(5, 0, 0, 3, 4, 116, 101, 115, 116, 0, 80);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    return undefined;
  };
  const server = createServer((socket) => {
    serve(socket).catch(() => socket.destroy());
  });
  const listening = await listen(server);
  return { ...listening, asked, [Symbol.asyncDispose]: listening[Symbol.asyncDispose] };
}

type Read = (count: number) => Promise<Buffer>;

/** As `user:password`. */
async function readCredentials(read: Read): Promise<string> {
  const [, userLength = 0] = await read(2);
  const user = String(await read(userLength));
  const [passwordLength = 0] = await read(1);
  return `${user}:${String(await read(passwordLength))}`;
}

async function readHost(type: number, read: Read): Promise<string> {
  if (type === 1) return `ipv4 ${(await read(4)).join('.')}`;
  if (type === 4) return `ipv6 ${(await read(16)).toString('hex')}`;
  const [length = 0] = await read(1);
  return `name ${String(await read(length))}`;
}
