import { Agent, request as openRequest } from 'node:http';
import type { ClientRequestArgs, IncomingMessage } from 'node:http';
import { connect as connectSocket, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { callbackify } from 'node:util';
import type { TransportConfig } from '../options/config.ts';
import { listenForAbort } from '../runtime/abort-listener.ts';
import type { Cancellation } from '../runtime/cancellation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Send, WireRequest, WireResponse } from '../wire/pipeline.ts';
import { dialThroughProxy, toDestination, toTlsOptions, withoutHold } from './dial.ts';
import type { Dial } from './dial.ts';
import { toFailure } from './failure.ts';
import { maxResponseBytes, ResponseTooLarge } from './response-text.ts';
import { toLimits, toRoute } from './route.ts';
import type { Route } from './route.ts';
import type { Transport } from './transport.ts';
import { limitWrites } from './write-limit.ts';

/** Nothing happened on the connection for too long. */
class StallError extends Error {
  readonly code: string;

  constructor(phase: 'CONNECT' | 'HEADERS' | 'BODY') {
    super('nothing happened for too long');
    // Those of undici for the same.
    this.code = `UND_ERR_${phase}_TIMEOUT`;
  }
}

/**
 * Sends with `node:http`: where undici cannot be loaded, as in some bundles, and in the worker that posts at the end of
 * the process. Needs no other package, and takes more CPU than undici.
 */
export function createHttpTransport(config: TransportConfig, clock: Clock): Transport {
  const route = toRoute(config);
  const limits = toLimits(config);
  const agent = new ServiceAgent(config, new URL(route.origin), clock);

  const send: Send = async (request, signal) => {
    const startedAtMs = clock.monotonicMs();
    try {
      return await exchange(agent, toArguments(request, route, config), {
        body: request.body,
        readMs: config.readTimeoutMs,
        clock,
        signal,
      });
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      const elapsedMs = clock.monotonicMs() - startedAtMs;
      const { operation } = request;
      throw toFailure({ cause, operation, origin: route.shown, elapsedMs, limits });
    }
  };
  // Connections in flight stay open until they are done.
  const close = async (): Promise<void> => agent.closeIdle();
  return { send, close };
}

/** Opens the connections of one service. */
class ServiceAgent extends Agent {
  readonly #open: (callback: (error: Error | null, socket: Duplex) => void) => void;

  constructor(config: TransportConfig, { hostname, port, protocol }: URL, clock: Clock) {
    super({
      keepAlive: config.maxIdleConnections > 0,
      maxSockets: config.maxConnections,
      maxFreeSockets: config.maxIdleConnections,
      timeout: config.idleTimeoutMs,
    });
    const dial = dialThroughProxy(config, clock, createDial(config, clock));
    const target = { hostname, host: hostname, port, protocol };
    this.#open = callbackify(async () => {
      const socket = await dial(target);
      limitWrites(socket, config.writeTimeoutMs);
      return config.isBackground === true ? withoutHold(socket) : socket;
    });
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    this.#open(callback);
  }

  closeIdle(): void {
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }
}

const createDial =
  (config: TransportConfig, clock: Clock, tls = toTlsOptions(config)): Dial =>
  (target) =>
    new Promise((resolve, reject) => {
      const { hostname: host, port } = toDestination(target);
      const isSecure = target.protocol === 'https:';
      const servername = isIP(host) === 0 ? host : '';
      const below = target.httpSocket === undefined ? {} : { socket: target.httpSocket };
      const socket = isSecure
        ? connectTls({ host, port, servername, ...below, ...tls })
        : connectSocket({ host, port });
      const cancelTimer = clock.after(config.connectTimeoutMs, () =>
        socket.destroy(new StallError('CONNECT')),
      );
      socket.once('error', reject).once('close', cancelTimer);
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        cancelTimer();
        socket.off('error', reject);
        resolve(socket);
      });
    });

function toArguments(
  { path, method, headers, body }: WireRequest,
  route: Route,
  { baseUrl, maxIdleConnections }: TransportConfig,
): ClientRequestArgs {
  const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
  const closing = maxIdleConnections === 0 ? { connection: 'close' } : {};
  const { host } = new URL(baseUrl);
  return {
    path: route.prefix + path,
    method,
    headers: { host, ...headers, ...route.headers, ...length, ...closing },
  };
}

interface Exchange {
  readonly body: string | Uint8Array | null;
  readonly readMs: number;
  readonly clock: Clock;
  readonly signal: Cancellation;
}

const exchange = (
  agent: Agent,
  options: ClientRequestArgs,
  { body, readMs, clock, signal }: Exchange,
): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    const request = openRequest({ ...options, agent });
    const fail = (error: unknown) => {
      settle();
      reject(error);
      request.destroy();
    };
    let cancelTimer = (): void => undefined;
    const waitFor = (phase: 'HEADERS' | 'BODY') => {
      cancelTimer();
      cancelTimer = clock.after(readMs, () => fail(new StallError(phase)));
    };
    const stopListening = listenForAbort(signal, () => fail(signal.reason));
    const settle = () => {
      cancelTimer();
      stopListening();
    };
    request.on('error', fail);
    request.on('finish', () => waitFor('HEADERS'));
    request.on('response', (response) => {
      readResponse(response, () => waitFor('BODY')).then((read) => {
        settle();
        resolve(read);
      }, fail);
    });
    if (signal.aborted) fail(signal.reason);
    else request.end(body);
  });

async function readResponse(response: IncomingMessage, onPart: () => void): Promise<WireResponse> {
  const parts: Buffer[] = [];
  let byteCount = 0;
  onPart();
  for await (const part of response as AsyncIterable<Buffer>) {
    onPart();
    parts.push(part);
    byteCount += part.length;
    if (byteCount > maxResponseBytes) throw new ResponseTooLarge('the response is too large');
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const body = new TextDecoder().decode(Buffer.concat(parts));
  return { status: response.statusCode ?? 0, headers, body };
}
