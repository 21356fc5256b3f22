import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findIssues, operationList } from 'honeyhive-wire';
import type { Operation, OperationId } from 'honeyhive-wire';
import type { ApiKey } from '../domain/metadata-store.ts';
import { Problem, invalid } from '../domain/problem.ts';
import { createAccess } from '../handlers/access.ts';
import type { Access } from '../handlers/access.ts';
import type { Call, Caller, Handler, Services } from '../handlers/handler.ts';
import { handlers } from '../handlers/index.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Authenticate } from './authenticate.ts';
import { readBody } from './body.ts';
import { readCaller, readPreconditions } from './caller.ts';
import { joinVary } from './cors.ts';
import type { Cors } from './cors.ts';
import { compress, toFinished } from './finish-reply.ts';
import { chooseOtlp, encodeAnswer, encodeError } from './otlp-format.ts';
import { toErrorBody, toProblem } from './problem-response.ts';
import { parseQueryString } from './query-string.ts';
import { toReplyText } from './reply-text.ts';
import { toRejection } from './to-rejection.ts';
import { isScreen } from './ui-answer.ts';
import type { AnswerUi } from './ui-answer.ts';
import { unknownPath } from './unknown-path.ts';
import { unwrap } from './unwrap.ts';

export interface BindOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  /** The OpenAPI document, served at `/openapi.json`. */
  readonly openApi: Readonly<Record<string, unknown>>;
  readonly maxBodyBytes: number;
  readonly cors: Cors;
  readonly metrics: Metrics;
  /** null: the UI was not built. */
  readonly ui: AnswerUi | null;
  readonly logger: FastifyBaseLogger;
}

/** Turns the operations table into routes. The only file that knows the HTTP framework. */
export function bindOperations(options: BindOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // An id of 128 characters takes up to 1,152 when each is escaped as three bytes.
    routerOptions: { maxParamLength: 2_048, querystringParser: parseQueryString },
    forceCloseConnections: 'idle',
    // `readBody` has the limit.
    bodyLimit: Number.MAX_SAFE_INTEGER,
    return503OnClosing: true,
    // What is left of a refused body is read and dropped: closing on a sender would cost it the answer.
    requestTimeout: 300_000,
    rewriteUrl: ({ url = '/' }) => withoutBase(url, options.services.basePath),
    // Paths that cannot be routed, such as one with a broken escape; hooks do not see them.
    frameworkErrors: (error, request, reply) => {
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
  shareWithPages(app, options.cors);
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reportRejection(error, request, options.services);
    return sendProblem(error, request, reply);
  };
  app.setErrorHandler(refuse);
  app.setNotFoundHandler(
    (request, reply) =>
      sendUi(request, reply, options.ui) ?? refuse(unknownPath(request), request, reply),
  );
  for (const operation of operationList) bindOperation(app, operation, options);
  app.get('/openapi.json', async (_request, reply) => reply.send(options.openApi));
  app.get('/metrics', async (_request, reply) =>
    reply.type(options.metrics.contentType).send(await options.metrics.text()),
  );
  return app;
}

/** What a proxy left of its own path before ours. */
function withoutBase(url: string, basePath: string): string {
  if (basePath === '/' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  return rest === '' || rest.startsWith('?') ? `/${rest}` : rest.startsWith('/') ? rest : url;
}

/** A connection that stays open after its last answer would hold up the end until the client lets go of it. */
function endConnectionsOnClose(app: FastifyInstance, live: Services['live']): void {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    // A stream is an answer that would not end by itself.
    live.close();
    done();
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (isClosing) reply.header('connection', 'close');
    return payload;
  });
}

/** Answers browsers that ask whether a page of another origin may call, and lets it read the answers. */
function shareWithPages(app: FastifyInstance, cors: Cors): void {
  app.addHook('onRequest', async (request, reply) => {
    const allowed = cors.preflightFor(request);
    return allowed === null ? undefined : reply.code(204).headers(allowed).send();
  });
  // At the end: handlers set `vary`, too.
  app.addHook('onSend', async (request, reply, payload) => {
    const { vary, ...allowed } = cors.headersFor(request);
    reply.headers(allowed);
    if (vary !== undefined) reply.header('vary', joinVary(reply.getHeader('vary'), vary));
    return payload;
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of the operation, for metrics and logs. */
    operation?: string;
  }
}

/** Slower than this is worth a line in the log. */
const slowMs = 1_000;

/** Counts and times every answer; a line for each at `debug`, at `warn` for those that were slow or failed. */
function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime: durationMs } = reply;
    const operation = request.routeOptions.config.operation ?? 'none';
    metrics.request({ operation, status, durationMs });
    const isStream = String(reply.getHeader('content-type')).startsWith('text/event-stream');
    const isSlow = durationMs > slowMs && !isStream;
    const level = status >= 500 || isSlow ? 'warn' : 'debug';
    request.log[level]({ operation, status, durationMs: Math.round(durationMs) }, 'answered');
  });
}

function bindOperation(app: FastifyInstance, operation: Operation, options: BindOptions): void {
  const id = operation.id as OperationId;
  // The table pairs every operation with a handler of its own types; here they meet as one general type.
  const handler = handlers[id] as unknown as Handler<'getSession'>;
  for (const path of operation.paths) {
    app.route({
      method: operation.method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: { operation: id },
      handler: async (request, reply) => {
        const call = await readCall(request, operation, options);
        const signal = abortWhenGone(reply, () => {
          const { elapsedTime: durationMs } = reply;
          options.metrics.request({ operation: id, status: callerGone, durationMs });
        });
        const answer = toFinished(await handler({ ...call, signal }, options.services));
        const { status, headers, body } =
          operation.tag === 'explore'
            ? await compress(answer, request.headers['accept-encoding'])
            : operation.format === 'otlp'
              ? encodeAnswer(answer, request.headers)
              : answer;
        // null would be serialised as JSON.
        return reply
          .code(status)
          .headers(headers)
          .send(body ?? undefined);
      },
    });
  }
}

/** The request, checked; `handler` alone knows the exact types that the checks stand for. */
async function readCall(
  request: FastifyRequest,
  operation: Operation,
  options: BindOptions,
): Promise<Omit<Call<'getSession'>, 'signal'>> {
  const { cookieName } = options.services.signIns;
  const caller = readCaller(request.headers, { address: request.ip, cookieName });
  const access = await readAccess(request, operation, { ...options, caller });
  const chooseParse = operation.format === 'otlp' ? chooseOtlp : undefined;
  const body = operation.body
    ? await readBody(request.raw, options.maxBodyBytes, chooseParse)
    : null;
  const query = flatten(request.query as Record<string, unknown>);
  const params = request.params as Record<string, string>;
  const unwrapped = unwrap(body?.value, operation.wrapper);
  const issues = [
    ...(operation.query ? findIssues(operation.query, query) : []),
    ...(operation.body ? findIssues(operation.body, unwrapped.value, unwrapped.path) : []),
    ...checkIds(params),
  ];
  if (issues.length > 0) {
    throw invalid(
      issues.map((issue) => (issue.field === '' ? { ...issue, field: 'body' } : issue)),
    );
  }
  return {
    params,
    query,
    body: unwrapped.value as undefined,
    bodyBytes: body?.bytes ?? 0,
    bodyPath: unwrapped.path,
    access: access as Access,
    caller,
    preconditions: readPreconditions(request.headers),
    clientTimeNs: readClientTime(request.headers['hh-client-timestamp']),
  };
}

async function readAccess(
  request: FastifyRequest,
  operation: Operation,
  options: BindOptions & { caller: Caller },
): Promise<Access | null> {
  if (operation.access === 'public') return null;
  const { method, headers } = request;
  const { authorization } = headers;
  const key = await options.authenticate({ method, authorization, caller: options.caller });
  keys.set(request, key);
  const { metadata, clock } = options.services;
  return createAccess(key, operation.access, { metadata, now: () => clock.now() });
}

/** Whose key a request was made with, once that is known. */
const keys = new WeakMap<FastifyRequest, ApiKey>();

/** Tells whoever waits for a first event. */
function reportRejection(
  error: unknown,
  request: FastifyRequest,
  { rejections, signIns, clock }: Services,
): void {
  const { headers, ip } = request;
  const { signInToken } = readCaller(headers, { address: ip, cookieName: signIns.cookieName });
  const refused = {
    method: request.method,
    url: request.url,
    userAgent: headers['user-agent'],
    operation: request.routeOptions.config.operation,
    isSignedIn: signInToken !== null,
    key: keys.get(request),
  };
  const told = toRejection(refused, toProblem(fromFramework(error), request.id), clock.now());
  if (told) rejections.report(told.owner, told.rejection);
}

/** Lists and nested objects of the query string as JSON text: handlers read both spellings alike. */
function flatten(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

const maxIdChars = 512;
const checkIds = (params: Readonly<Record<string, string>>) =>
  Object.entries(params).flatMap(([field, value]) =>
    value === '' || value.length > maxIdChars
      ? [{ field, message: `expected 1 to ${maxIdChars} characters` }]
      : [],
  );

function readClientTime(header: string | string[] | undefined): bigint | null {
  return typeof header === 'string' && /^\d{1,20}$/.test(header) ? BigInt(header) : null;
}

/** For the metrics alone, as nginx has it: the caller went away, nobody reads the answer. */
const callerGone = 499;

/** Aborts when the caller goes away before it was answered. */
function abortWhenGone(reply: FastifyReply, onGone: () => void): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) return;
    onGone();
    controller.abort();
  });
  return controller.signal;
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // What fails because the caller went away is no failure of the service.
  if (reply.raw.destroyed) return reply.code(callerGone).send({});
  const problem = toProblem(fromFramework(error), request.id);
  if (problem.code === 'internal')
    request.log.error({ err: problem.cause ?? problem }, 'request failed');
  if (problem.retryAfter !== null) reply.header('retry-after', String(problem.retryAfter));
  if (problem.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  const allow = problem.details['allow'];
  if (Array.isArray(allow)) reply.header('allow', allow.join(', '));
  reply.headers(problem.headers);
  const encoded = encodeError(problem, request.routeOptions.config.operation, request.headers);
  if (encoded !== null) reply.type(encoded.type);
  return reply.code(problem.status).send(encoded?.body ?? toErrorBody(problem));
}

/** Errors that the framework raises by itself, such as a path with a broken escape. */
function fromFramework(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error) || !('statusCode' in error))
    return error;
  const { statusCode } = error;
  if (statusCode === 503)
    return new Problem('unavailable', 'The service is shutting down.', { cause: error });
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
    ? new Problem('invalid_request', error.message.slice(0, 300), {
        issues: [{ field: 'request', message: error.message.slice(0, 300) }],
        cause: error,
      })
    : error;
}

/** A file of the UI, or its page; null when the path is of neither. */
function sendUi(
  request: FastifyRequest,
  reply: FastifyReply,
  ui: AnswerUi | null,
): FastifyReply | null {
  if (!['GET', 'HEAD'].includes(request.method)) return null;
  const path = request.url.split('?', 1)[0] ?? '/';
  if (ui === null && isScreen(path)) throw notBuilt;
  const answer = ui?.({
    path,
    acceptEncoding: request.headers['accept-encoding'],
    ifNoneMatch: request.headers['if-none-match'],
  });
  if (!answer) return null;
  const { status, headers, body } = answer;
  const size = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
  reply.code(status).headers({ ...headers, ...size });
  return reply.send(request.method === 'HEAD' ? null : body);
}

const notBuilt = new Problem(
  'not_found',
  'The web UI is not there: it was not built. `npm start` builds it.',
);
