import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed; undefined when there was no body. */
  readonly json: unknown;
}

/** What to do with one request. */
export type Step = (response: ServerResponse, request: Arrived, socket: Socket) => void;

/** A server that follows a script, request by request. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly arrived: readonly Arrived[];
  /** Connections that are open. */
  openConnections(): number;
  /** Settles when so many requests have arrived. */
  waitForRequests(count: number): Promise<void>;
}

/** Listens on a free port of this machine; when the steps run out, the last one is repeated. */
export async function startScriptedServer(
  ...steps: readonly [Step, ...Step[]]
): Promise<ScriptedServer> {
  const arrived: Arrived[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void readBody(request).then((text) => {
      const { method = '', url = '', headers } = request;
      const json: unknown = text === '' ? undefined : JSON.parse(text);
      const step = steps[Math.min(arrived.length, steps.length - 1)] ?? steps[0];
      arrived.push({ method, url, headers, json });
      step(response, { method, url, headers, json }, request.socket);
      for (const check of waiting) check();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    arrived,
    openConnections: () => sockets.size,
    waitForRequests: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (arrived.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** Answer with JSON. */
export const reply =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Step =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

/** Answer with text that is not JSON. */
export const replyText =
  (status: number, text: string): Step =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(text);
  };

/** Never answer. */
export const stall: Step = () => undefined;

/** Break the connection without a response. */
export const reset: Step = (_response, _request, socket) => {
  socket.resetAndDestroy();
};

/** Promise a longer body than comes, then break the connection. */
export const truncate: Step = (response, _request, socket) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"event_id":', () => socket.end());
};

/** Send the head and part of the body, then nothing more. */
export const stallInBody: Step = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"event_id":');
};
