import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../domain/problem.ts';
import { encodeError } from './otlp-format.ts';
import { toErrorBody, toProblem } from '../calls/problem-response.ts';

/** For metrics only, as in nginx: the caller disconnected, nobody reads the response. */
export const callerGone = 499;

/** Answers with what went wrong. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  // A failure because the caller disconnected is not a failure of the service.
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

/** Errors that the framework raises on its own, such as a path with a broken escape. */
export function fromFramework(error: unknown): unknown {
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
