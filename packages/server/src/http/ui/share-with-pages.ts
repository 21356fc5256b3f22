import type { FastifyInstance } from 'fastify';
import { joinVary } from '../cors.ts';
import type { Cors } from '../cors.ts';

/** Answers browsers that ask whether a page of another origin may call, and lets it read the answers. */
export function shareWithPages(app: FastifyInstance, cors: Cors): void {
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
