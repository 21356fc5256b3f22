import type { SignIns } from '../auth/sign-ins.ts';
import type { Caller } from '../calls/handler.ts';
import { readCaller } from './caller.ts';
import type { Edge } from './edge.ts';
import type { Incoming } from './incoming.ts';

export interface CallerServices {
  readonly signIns: Pick<SignIns, 'cookieNameOf'>;
}

/** What a request reveals about its caller. */
export function callerOf(
  request: Pick<Incoming, 'headers' | 'ip' | 'socket'>,
  { edge, services }: { readonly edge: Edge; readonly services: CallerServices },
): Caller {
  return readCaller(request.headers, {
    address: request.ip,
    peer: request.socket.remoteAddress,
    edge,
    cookieNameOf: services.signIns.cookieNameOf,
  });
}
