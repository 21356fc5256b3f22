import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Preconditions } from '../handlers/handler.ts';

/** What a request says of whoever sent it. A header that came several times counts as absent. */
export function readCaller(
  headers: IncomingHttpHeaders,
  { address, cookieName }: { address: string; cookieName: string },
): Caller {
  const one = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    address,
    isSecure: one('x-forwarded-proto') === 'https',
    signInToken: readCookie(headers.cookie, cookieName),
    csrfToken: one('x-csrf-token'),
    site: one('sec-fetch-site'),
  };
}

export const readPreconditions = (headers: IncomingHttpHeaders): Preconditions => ({
  ifNoneMatch: headers['if-none-match'],
  // As any other of them; the types of Node.js do not know it.
  ifRange: headers['if-range']?.toString(),
  range: headers.range,
  lastEventId: headers['last-event-id']?.toString(),
});

/** The value of a cookie; null when there is none or it is none of ours. Source: RFC 6265 section 4.2.1. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key === name) return /^[\w-]{1,200}$/.test(value) ? value : null;
  }
  return null;
}
