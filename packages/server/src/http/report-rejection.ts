import type { FastifyRequest } from 'fastify';
import type { Services } from '../handlers/handler.ts';
import { callerOf } from './caller-of.ts';
import type { Edge } from './edge.ts';
import { toProblem } from './problem-response.ts';
import { keyOf } from './request-key.ts';
import { fromFramework } from './send-problem.ts';
import { toRejection } from './to-rejection.ts';

/** Tells whoever waits for a first event. */
export function reportRejection(
  error: unknown,
  request: FastifyRequest,
  options: { readonly services: Services; readonly edge: Edge },
): void {
  const { headers } = request;
  const { rejections, clock } = options.services;
  const { signInToken } = callerOf(request, options);
  const refused = {
    method: request.method,
    url: request.url,
    userAgent: headers['user-agent'],
    operation: request.routeOptions.config.operation,
    isSignedIn: signInToken !== null,
    key: keyOf(request),
  };
  const told = toRejection(refused, toProblem(fromFramework(error), request.id), clock.now());
  if (told) rejections.report(told.owner, told.rejection);
}
