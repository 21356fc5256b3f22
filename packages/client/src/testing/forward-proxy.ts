import { createServer, request as send } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Credential } from './certificates.ts';
import { listen } from './listening.ts';

/** What the proxy was asked for: `CONNECT host:port`, or a method and an address. */
export interface ForwardProxy extends AsyncDisposable {
  readonly port: number;
  readonly asked: readonly string[];
}

/** How the proxy behaves. */
export interface ForwardProxyOptions {
  /** `user:password` that it asks for. */
  readonly credentials?: string;
  /** To be spoken to over TLS. */
  readonly tls?: Credential;
  /** Answers CONNECT with this status. */
  readonly refusal?: number;
  /** Answers nothing at all. */
  readonly isSilent?: boolean;
}

/** An HTTP proxy that tunnels and forwards; every name leads to this machine. */
export async function startForwardProxy(options: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  const asked: string[] = [];
  const isWelcome = ({ headers }: IncomingMessage) =>
    options.credentials === undefined ||
    headers['proxy-authorization'] ===
      `Basic ${Buffer.from(options.credentials).toString('base64')}`;

  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    asked.push(`${method} ${url}`);
    if (!isWelcome(request)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
      return;
    }
    const { 'proxy-authorization': _secret, ...passed } = headers;
    const { port, pathname, search } = new URL(url);
    const path = pathname + search;
    const target = { host: '127.0.0.1', port, method, path, headers: passed };
    const upstream = send(target, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.writeHead(502).end());
    request.pipe(upstream);
  };

  const tunnel = (request: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (options.isSilent) return;
    if (!isWelcome(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    if (options.refusal !== undefined) {
      socket.end(`HTTP/1.1 ${options.refusal} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const port = Number(request.url?.split(':').at(-1));
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\nvia: 1.1 test\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    socket.on('close', () => upstream.destroy());
  };

  const server = options.tls ? createTlsServer(options.tls, forward) : createServer(forward);
  server.on('connect', tunnel);
  const listening = await listen(server);
  return { ...listening, asked, [Symbol.asyncDispose]: listening[Symbol.asyncDispose] };
}
