import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

/** A request that came to the proxy. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<IncomingMessage['headers']>;
  readonly body: Buffer;
  readonly fault: Fault['kind'];
}

/** A proxy in front of another server, which injects faults. */
export interface FaultProxy {
  readonly url: string;
  /** Requests in the order they were read, those that failed among them. */
  readonly requests: readonly SeenRequest[];
  /** Connections accepted so far. */
  connectionCount(): number;
  /** One fault for each of the next requests, in order; after the last one, requests pass. */
  script(...faults: readonly Fault[]): void;
  /** The fault for every request that no script covers; `{kind: 'pass'}` at the start. */
  always(fault: Fault): void;
  /** The fault for every request that `matches`, unless a script covers it. */
  when(matches: (request: Omit<SeenRequest, 'fault'>) => boolean, fault: Fault): void;
  /** Reset this many of the next connections before a byte of them is read. */
  resetConnections(count: number): void;
  /** Break all connections and stop listening: new connections are refused. */
  goAway(): Promise<void>;
  /** Listen again, at the same address. */
  comeBack(): Promise<void>;
  /** Break all connections, stalled ones among them, and stop listening. */
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function forward(
  upstream: URL,
  agent: Agent,
  { method, path, headers, body }: SeenRequest,
): Promise<Reply> {
  const { 'transfer-encoding': _chunked, ...rest } = headers;
  const sent = request({
    agent,
    method,
    path,
    hostname: upstream.hostname,
    port: upstream.port,
    headers: { ...rest, 'content-length': body.length },
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const content = await readAll(response);
  return { status: response.statusCode ?? 502, headers: response.rawHeaders, body: content };
}

function answer(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, [...headers]);
  response.end(body);
}

const framing = ['content-length', 'transfer-encoding'];

/** Announces the whole body and sends so much of it; resolves when that is sent. */
function writePart(response: ServerResponse, reply: Reply, bodyBytes: number): Promise<void> {
  const headers = reply.headers.filter((_each, index, all) => {
    const name = all[index - (index % 2)] ?? '';
    return !framing.includes(name.toLowerCase());
  });
  response.writeHead(reply.status, [...headers, 'content-length', String(reply.body.length)]);
  response.flushHeaders();
  const part = reply.body.subarray(0, bodyBytes);
  return part.length === 0
    ? Promise.resolve()
    : new Promise((resolve) => response.write(part, () => resolve()));
}

const reset = (response: ServerResponse): void => void response.socket?.resetAndDestroy();

type Forwarded = Exclude<Fault, { kind: 'stall' | 'reset' | 'answer' }>;

/** The outcome of a reply, by fault. */
const replyFaults: {
  readonly [Kind in Forwarded['kind']]: (
    fault: Extract<Forwarded, { kind: Kind }>,
    reply: Reply,
    response: ServerResponse,
  ) => unknown;
} = {
  pass: (_fault, reply, response) => answer(response, reply),
  delay: (_fault, reply, response) => answer(response, reply),
  'drop-reply': (_fault, _reply, response) => reset(response),
  async truncate({ bodyBytes }, reply, response) {
    const { socket } = response;
    await writePart(response, reply, bodyBytes);
    socket?.destroy();
  },
  'stall-reply': ({ bodyBytes }, reply, response) => writePart(response, reply, bodyBytes),
  async 'half-close'({ at }, reply, response) {
    const { socket } = response;
    if (at !== 'before-head') await writePart(response, reply, at === 'in-body' ? 5 : 0);
    socket?.end();
  },
  'hang-up'(_fault, reply, response) {
    const { socket } = response;
    response.on('finish', () => socket?.end());
    answer(response, reply);
  },
};

/** Passes the request on, and does to its reply what the fault says. */
async function applyToReply<Kind extends Forwarded['kind']>(
  fault: Extract<Forwarded, { kind: Kind }> & { readonly kind: Kind },
  response: ServerResponse,
  send: () => Promise<Reply>,
): Promise<void> {
  await replyFaults[fault.kind](fault, await send(), response);
}

async function apply(
  fault: Fault,
  response: ServerResponse,
  send: () => Promise<Reply>,
): Promise<void> {
  switch (fault.kind) {
    case 'stall':
      return;
    case 'reset':
      return reset(response);
    case 'answer':
      response.writeHead(fault.status, { ...fault.headers });
      response.end(fault.body ?? '');
      return;
    case 'delay':
      await sleep(fault.durationMs);
      return applyToReply(fault, response, send);
    default:
      return applyToReply(fault, response, send);
  }
}

/** Keeps an eye on the connections of a server, and resets as many of the next ones as configured. */
function watchConnections(server: Server) {
  const sockets = new Set<Socket>();
  let count = 0;
  let resetsLeft = 0;
  server.on('connection', (socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (resetsLeft > 0) {
      resetsLeft -= 1;
      socket.resetAndDestroy();
    }
  });
  return {
    count: () => count,
    resetNext: (connections: number) => void (resetsLeft = connections),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

type Arrived = Omit<SeenRequest, 'fault'>;

/** The faults of the requests to come. */
function createScript() {
  let script: Fault[] = [];
  let standing: Fault = { kind: 'pass' };
  const rules: { readonly matches: (request: Arrived) => boolean; readonly fault: Fault }[] = [];
  return {
    next: (request: Arrived) =>
      script.shift() ?? rules.find(({ matches }) => matches(request))?.fault ?? standing,
    add: (faults: readonly Fault[]) => void (script = [...script, ...faults]),
    always: (fault: Fault) => void (standing = fault),
    when: (matches: (request: Arrived) => boolean, fault: Fault) =>
      void rules.push({ matches, fault }),
  };
}

/** Listen on a free local port and forward to `upstreamUrl`. */
export async function startFaultProxy(upstreamUrl: string): Promise<FaultProxy> {
  const upstream = new URL(upstreamUrl);
  const agent = new Agent({ keepAlive: true });
  const requests: SeenRequest[] = [];
  const script = createScript();

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await readAll(incoming);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const arrived = { method, path, headers, body };
    const fault = script.next(arrived);
    const seen: SeenRequest = { ...arrived, fault: fault.kind };
    requests.push(seen);
    await apply(fault, response, () => forward(upstream, agent, seen));
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    // The upstream or the client disconnected: for the client one more broken connection.
    handle(incoming, response).catch(() => response.socket?.destroy());
  });
  const connections = watchConnections(server);
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connectionCount: connections.count,
    script: (...faults) => script.add(faults),
    always: script.always,
    when: script.when,
    resetConnections: connections.resetNext,
    goAway: connections.close,
    comeBack: () => listen(port),
    async close() {
      agent.destroy();
      if (server.listening) await connections.close();
    },
  };
}
