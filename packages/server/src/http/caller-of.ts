import type { FastifyRequest } from 'fastify';
import type { Caller, Services } from '../calls/handler.ts';
import { readCaller } from './caller.ts';
import type { Edge } from './edge.ts';

/** What a request says of whoever sent it. */
export function callerOf(
  request: FastifyRequest,
  { edge, services }: { readonly edge: Edge; readonly services: Pick<Services, 'signIns'> },
): Caller {
  return readCaller(request.headers, {
    address: request.ip,
    peer: request.socket.remoteAddress,
    edge,
    cookieNameOf: services.signIns.cookieNameOf,
  });
}
