import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, invalid } from '../domain/problem.ts';
import type { Edge } from './edge.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether nothing is answered without a key, or the cookie of a sign-in. */
    needsKey?: boolean;
  }
}

/** A year: what the preload list of browsers asks for at least. Source: RFC 6797 section 6.1. */
const strictTransport = 'max-age=31536000';

/** Default headers of every response. */
export function guardAnswer(request: FastifyRequest, reply: FastifyReply, edge: Edge): void {
  reply.header('x-content-type-options', 'nosniff');
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  // Scripts of pages that CORS allows do not come under it: it is about images, scripts and frames.
  reply.header('cross-origin-resource-policy', 'same-origin');
  if (edge.isSecure(request.headers, request.socket.remoteAddress))
    reply.header('strict-transport-security', strictTransport);
}

export function guardAnswers(app: FastifyInstance, edge: Edge): void {
  app.addHook('onSend', async (request, reply, payload) => {
    guardAnswer(request, reply, edge);
    return payload;
  });
}

/**
 * Rejects requests for an unknown host (DNS rebinding). A request with a key is accepted for any host, because a
 * rebound page has no key. Operations without keys are checked even with one, because it is not verified.
 */
export function requireAnsweredHost(app: FastifyInstance, edge: Edge): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { host, authorization } = request.headers;
    const showsKey = authorization !== undefined && request.routeOptions.config.needsKey === true;
    // HTTP/1.0 has none, and no browser speaks it. Source: RFC 9112 section 3.2.
    if (host === undefined && request.raw.httpVersion !== '1.0') done(withoutHost());
    else if (showsKey || edge.isAnsweredHost(host)) done();
    else done(misdirected(host));
  });
}

const withoutHost = (): Problem =>
  invalid([{ field: 'host', message: 'missing: HTTP/1.1 needs this header' }]);

const misdirected = (host = ''): Problem =>
  new Problem(
    'misdirected',
    `This service does not accept the host ${JSON.stringify(host.slice(0, 200))}. If that is its public name, set HH_PUBLIC_URL to its URL, such as https://${/^[\w.-]{1,200}/.exec(host)?.[0] ?? 'honeyhive.example.com'}.`,
    { issues: [{ field: 'host', message: 'not a name of this service' }] },
  );
