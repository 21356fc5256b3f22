import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Preconditions } from '../calls/handler.ts';
import type { Edge } from './edge.ts';

export interface CallerOptions {
  /** Address of the caller, as far as it can be believed. */
  readonly address: string;
  /** Address of the other end of the connection: the caller, or a proxy. */
  readonly peer: string | undefined;
  readonly edge: Pick<Edge, 'isSecure' | 'findForeignPage'>;
  /** Name of the cookie of a sign-in, with and without TLS. */
  readonly cookieNameOf: (isSecure: boolean) => string;
}

/** What a request reveals about its caller. A repeated header counts as absent. */
export function readCaller(
  headers: IncomingHttpHeaders,
  { address, peer, edge, cookieNameOf }: CallerOptions,
): Caller {
  const csrfToken = headers['x-csrf-token'];
  const isSecure = edge.isSecure(headers, peer);
  const signInToken = readCookie(headers.cookie, cookieNameOf(isSecure));
  return {
    address,
    isSecure,
    signInToken,
    isSignedIn: signInToken !== null && !headers.authorization,
    csrfToken: typeof csrfToken === 'string' ? csrfToken : undefined,
    foreignPage: edge.findForeignPage(headers, isSecure),
  };
}

export const readPreconditions = (headers: IncomingHttpHeaders): Preconditions => ({
  ifNoneMatch: headers['if-none-match'],
  // As any other of them; the types of Node.js do not know it.
  ifRange: headers['if-range']?.toString(),
  range: headers.range,
  lastEventId: headers['last-event-id']?.toString(),
});

/** The value of a cookie; null if absent or invalid. Source: RFC 6265 section 4.2.1. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key === name) return /^[\w-]{1,200}$/.test(value) ? value : null;
  }
  return null;
}
