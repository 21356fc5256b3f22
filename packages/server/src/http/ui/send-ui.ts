import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../domain/problem.ts';
import { isScreen } from './ui-answer.ts';
import type { AnswerUi } from './ui-answer.ts';

/** A file of the UI, or its page; null when the path is of neither. */
export function sendUi(
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
  // null would be serialised as JSON.
  return reply.send(request.method === 'HEAD' || body === null ? undefined : body);
}

const notBuilt = new Problem(
  'not_found',
  'The web UI is missing: it was not built. `npm start` builds it.',
);
