import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http2';
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { FastifyBaseLogger } from 'fastify';
import { operations } from 'honeyhive-wire';
import { withAudit } from '../../audit/with-audit.ts';
import type { Handler } from '../../calls/handler.ts';
import { handlers } from '../../handlers.ts';
import type { Metrics } from '../../observe/metrics.ts';
import type { Services } from '../../services.ts';
import type { BodyBudget, BodyHold } from '../body/body-budget.ts';
import type { Incoming } from '../incoming.ts';
import { toFinished } from '../finish-reply.ts';
import { encodeAnswer } from '../otlp-format.ts';
import { toProblem } from '../../calls/problem-response.ts';
import { readCall } from '../read-call.ts';
import type { ReadCallOptions } from '../read-call.ts';
import { GrpcBody } from './grpc-body.ts';
import { codeOf, grpcCodes, sendMessage, sendStatus } from './grpc-reply.ts';

export interface GrpcServerOptions extends ReadCallOptions {
  readonly services: Services;
  readonly bodies: BodyBudget;
  readonly metrics: Metrics;
  readonly logger: FastifyBaseLogger;
}

const prefix = '/opentelemetry.proto.collector.';
type Id = 'exportTraces' | 'exportLogs' | 'exportMetrics';
const methods: ReadonlyMap<string, Id> = new Map([
  [`${prefix}trace.v1.TraceService/Export`, 'exportTraces'],
  [`${prefix}logs.v1.LogsService/Export`, 'exportLogs'],
  [`${prefix}metrics.v1.MetricsService/Export`, 'exportMetrics'],
]);

const limits = { maxConcurrentStreams: 100, maxHeaderListSize: 16_384 };

/**
 * OTLP over gRPC. Each call is a request with one message in a frame: without the frame, it is the same request as over
 * HTTP, with the same keys, limits and answers. Why so: docs/adr/0029-otlp-over-grpc.md.
 */
export function createGrpcServer(options: GrpcServerOptions): Http2Server {
  const server = createServer({ settings: limits });
  server.on('session', (session) => {
    session.on('error', (error) => options.logger.debug({ err: error }, 'gRPC connection failed'));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', (error) => options.logger.debug({ err: error }, 'gRPC call failed'));
    void serve(stream, headers, options);
  });
  return server;
}

async function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  options: GrpcServerOptions,
): Promise<void> {
  const { metrics, bodies, logger } = options;
  const type = headers['content-type'] ?? '';
  if (!/^application\/grpc(\+proto)?(;|$)/.test(type)) {
    stream.respond({ ':status': 415 }, { endStream: true });
    return;
  }
  const id = methods.get(headers[':path'] ?? '');
  if (id === undefined) {
    const message = `no such method; there are ${[...methods.keys()].join(', ')}`;
    sendStatus(stream, grpcCodes.unimplemented, message);
    return;
  }
  const start = performance.now();
  const requestId = randomUUID();
  const hold = bodies.open();
  const note = (status: number): void =>
    metrics.request({ operation: id, status, durationMs: performance.now() - start });
  try {
    const request = toIncoming(stream, headers, { ...options, requestId });
    sendMessage(stream, await run(id, request, { ...options, hold, stream }));
    note(200);
  } catch (error) {
    const problem = toProblem(error, requestId);
    if (problem.code === 'internal') logger.error({ err: problem.cause ?? problem }, 'gRPC failed');
    sendStatus(stream, codeOf(problem), problem.message);
    note(problem.status);
  } finally {
    hold.release();
  }
}

async function run<One extends Id>(
  id: One,
  request: Incoming,
  options: GrpcServerOptions & { readonly hold: BodyHold; readonly stream: ServerHttp2Stream },
): Promise<Buffer> {
  const { services, stream } = options;
  const handler: Handler<One, Services> = handlers[id];
  const call = await readCall(request, id, { ...options, tellRates: () => undefined });
  const gone = new AbortController();
  stream.once('close', () => gone.abort());
  const answer = await withAudit({ id, call, requestId: request.id, services }, () =>
    handler({ ...call, signal: gone.signal }, services),
  );
  const { body } = encodeAnswer(toFinished(answer, 200), request.headers);
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function toIncoming(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { edge, maxBodyBytes, requestId }: GrpcServerOptions & { readonly requestId: string },
): Incoming {
  const remoteAddress = stream.session?.socket.remoteAddress ?? '';
  const raw = new GrpcBody(stream, headers, maxBodyBytes);
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const hops = [remoteAddress, ...forwarded.map((hop) => hop.trim()).reverse()].filter(Boolean);
  return {
    id: requestId,
    method: operations.exportTraces.method,
    headers: raw.headers,
    ip: hops.find((hop) => !edge.isTrustedProxy(hop)) ?? hops.at(-1) ?? '',
    socket: { remoteAddress },
    params: {},
    query: {},
    raw,
  };
}
