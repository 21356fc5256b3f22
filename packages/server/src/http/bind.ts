import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { operationIds, operations } from 'honeyhive-wire';
import type { Operation, OperationId } from 'honeyhive-wire';
import type { ReadTurn } from '../domain/read-turn.ts';
import { withAudit } from '../audit/with-audit.ts';
import type { Handler } from '../calls/handler.ts';
import { handlers } from '../handlers.ts';
import { lazy } from '../lazy.ts';
import type { Services } from '../services.ts';
import type { Metrics } from '../observe/metrics.ts';
import { answerMalformed } from './answer-malformed.ts';
import type { Authenticate } from './authenticate.ts';
import type { BodyBudget, BodyHold } from './body/body-budget.ts';
import type { BodyWatch } from './body/body-watch.ts';
import type { Cors } from './cors.ts';
import type { Edge } from './edge.ts';
import { cheapEncodings } from './body/decompress.ts';
import { dropUnreadBodies } from './body/drop-unread-bodies.ts';
import { endConnectionsOnClose } from './end-connections.ts';
import { encodeReply, toFinished } from './finish-reply.ts';
import type { FinishedReply } from './finish-reply.ts';
import { guardAnswer, guardAnswers, requireAnsweredHost } from './guard-answers.ts';
import { observeRequests } from './observe-requests.ts';
import { encodeAnswer } from './otlp-format.ts';
import { parseQueryString } from './query-string.ts';
import { readCall } from './read-call.ts';
import type { CallShape } from './read-call.ts';
import { toReplyText } from './reply-text.ts';
import { findOwner } from './request-owner.ts';
import { createReportRejection } from './report-rejection.ts';
import { callerGone, sendProblem } from './send-problem.ts';
import { sendUi } from './ui/send-ui.ts';
import { serveMetrics } from './serve-metrics.ts';
import { shareWithPages } from './ui/share-with-pages.ts';
import type { RateHeaders } from './take-rates.ts';
import type { AnswerUi } from './ui/ui-answer.ts';
import { unknownPath } from './unknown-path.ts';

export interface BindOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly edge: Edge;
  /** The OpenAPI document, served at `/openapi.json`: made when first asked for, because it takes a while. */
  readonly openApi: () => Readonly<Record<string, unknown>>;
  readonly maxBodyBytes: number;
  readonly bodies: BodyBudget;
  readonly bodyWatch: BodyWatch;
  readonly cors: Cors;
  readonly metrics: Metrics;
  /** Whether `/metrics` is among the routes; else it has its own port. */
  readonly servesMetrics: boolean;
  readonly metricsKey: string | null;
  /** null: the UI was not built. */
  readonly ui: AnswerUi | null;
  readonly logger: FastifyBaseLogger;
}

const routerOptions = {
  ignoreTrailingSlash: true,
  // An id of 128 characters takes up to 1,152 when each is escaped as three bytes.
  maxParamLength: 2_048,
  querystringParser: parseQueryString,
};

/** Turns the operations table into routes. Only files of this folder know the HTTP framework. */
export function bindOperations(options: BindOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    routerOptions,
    forceCloseConnections: 'idle',
    // `readBody` has the limit.
    bodyLimit: Number.MAX_SAFE_INTEGER,
    return503OnClosing: false,
    requestTimeout: 300_000,
    clientErrorHandler: answerMalformed,
    // Node.js would answer on its own, with nothing in it.
    http: { requireHostHeader: false },
    trustProxy: options.edge.isTrustedProxy,
    rewriteUrl: ({ url = '/' }) => withoutBase(url, options.services.basePath),
    // Paths that cannot be routed, such as one with a broken escape; hooks do not see them.
    frameworkErrors: (error, request, reply) => {
      guardAnswer(request, reply, options.edge);
      sendProblem(error, request, reply.header('x-request-id', request.id));
    },
  });
  // Bodies are read by `readBody`, which knows encodings and limits.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  app.setReplySerializer(toReplyText);
  endConnectionsOnClose(app, options.services.live);
  observeRequests(app, options.metrics);
  dropUnreadBodies(app, options.bodyWatch);
  shareWithPages(app, options.cors);
  guardAnswers(app, options.edge);
  requireAnsweredHost(app, options.edge);
  const reportRejection = createReportRejection(options);
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reportRejection(error, request);
    return sendProblem(error, request, reply);
  };
  app.setErrorHandler(refuse);
  app.setNotFoundHandler(
    (request, reply) =>
      sendUi(request, reply, options.ui) ?? refuse(unknownPath(request), request, reply),
  );
  for (const id of operationIds) bindOperation(app, id, options);
  const openApi = lazy(() => JSON.stringify(options.openApi()));
  app.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(openApi()),
  );
  if (options.servesMetrics) serveMetrics(app, options);
  return app;
}

/** The prefix that a proxy added to our base path. */
function withoutBase(url: string, basePath: string): string {
  if (basePath === '/' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  return rest === '' || rest.startsWith('?') ? `/${rest}` : rest.startsWith('/') ? rest : url;
}

function bindOperation<Id extends OperationId>(
  app: FastifyInstance,
  id: Id,
  options: BindOptions,
): void {
  const operation: Operation = operations[id];
  const answer = createAnswer(id, options);
  for (const path of operation.paths) {
    app.route<CallShape>({
      method: operation.method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: { operation: id, needsKey: operation.access !== 'public' },
      handler: async (request, reply) => {
        const hold = options.bodies.open();
        try {
          return await answer(request, reply, hold);
        } finally {
          hold.release();
        }
      },
    });
  }
}

const isStream = ({ produces = [] }: Operation): boolean => produces.includes('text/event-stream');

type Answer = (
  request: FastifyRequest<CallShape>,
  reply: FastifyReply,
  hold: BodyHold,
) => Promise<FastifyReply>;

function createAnswer<Id extends OperationId>(id: Id, options: BindOptions): Answer {
  const operation: Operation = operations[id];
  const handler: Handler<Id, Services> = handlers[id];
  return async (request, reply, hold) => {
    const tellRates = (rates: RateHeaders): void => addRates(reply, rates);
    const call = await readCall(request, id, { ...options, hold, tellRates });
    const signal = abortWhenGone(reply, () => {
      const { elapsedTime: durationMs } = reply;
      options.metrics.request({ operation: id, status: callerGone, durationMs });
    });
    const finish = async (answer: unknown): Promise<FinishedReply> =>
      finishReply(toFinished(answer, operation.status ?? 200), operation, request.headers);
    const { services } = options;
    const audited = { id, call, requestId: request.id, services };
    const { access } = call;
    const { status, headers, body } =
      access !== null && operation.access === 'read'
        ? await services.readGate.run(
            await findOwner(access, call, services.metadata),
            signal,
            async (turn) => {
              // A stream lasts longer than the turn in which it begins.
              const until = isStream(operation) ? signal : turn.signal;
              return finish(await handler({ ...call, signal: until }, servicesFor(turn, services)));
            },
          )
        : await finish(await withAudit(audited, () => handler({ ...call, signal }, services)));
    // null would be serialised as JSON.
    return reply
      .code(status)
      .headers(headers)
      .send(body ?? undefined);
  };
}

/** A request may count for several limits; each of them tells what is left. */
function addRates(reply: FastifyReply, rates: RateHeaders): void {
  for (const [name, value] of Object.entries(rates)) {
    const others = reply.getHeader(name);
    reply.header(name, others === undefined ? value : `${String(others)}, ${value}`);
  }
}

/** What a handler uses in its turn. */
const servicesFor = (turn: ReadTurn, services: Services): Services => ({
  ...services,
  events: { ...services.events, ...services.events.readsFor(turn) },
});

function finishReply(
  answer: FinishedReply,
  operation: Operation,
  headers: IncomingHttpHeaders,
): Promise<FinishedReply> {
  const encoded = operation.format === 'otlp' ? encodeAnswer(answer, headers) : answer;
  if (operation.access !== 'ingest') return encodeReply(encoded, headers['accept-encoding']);
  // Senders get ids, which hardly become smaller: it cost a twentieth of what the service does for an event. They learn
  // how they may compress what they send (RFC 7694).
  const informed = { ...encoded, headers: { ...encoded.headers, ...acceptedEncodings } };
  return encodeReply(informed, undefined);
}

const acceptedEncodings = { 'accept-encoding': cheapEncodings.join(', ') };

/** Aborts when the caller disconnects before the response. */
function abortWhenGone(reply: FastifyReply, onGone: () => void): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) return;
    onGone();
    controller.abort();
  });
  return controller.signal;
}
