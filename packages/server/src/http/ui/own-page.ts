import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from 'honeyhive-wire';
import { Problem } from '../../domain/problem.ts';
import type { Caller } from '../../calls/handler.ts';
import { mediaType, unsupportedType } from '../body/body.ts';

/**
 * A page of another origin must not act on behalf of the signed-in user, nor sign anybody in or out.
 *
 * @throws {Problem} `forbidden`
 */
export function requireOwnPage({ foreignPage }: Pick<Caller, 'foreignPage'>): void {
  if (foreignPage === null) return;
  throw new Problem(
    'forbidden',
    `The request comes from a page of another origin: ${foreignPage.field}: ${foreignPage.message}.`,
    { issues: [foreignPage] },
  );
}

/**
 * What needs no key is checked before any of its body is read: whose page it is, and the type, for forms can send
 * `text/plain` to anywhere without asking the service beforehand (WHATWG Fetch, "CORS-safelisted request-header").
 *
 * @throws {Problem} `forbidden`, `unsupported_media_type`
 */
export function requireSignInPage(
  headers: IncomingHttpHeaders,
  caller: Pick<Caller, 'foreignPage'>,
  { body }: Pick<Operation, 'body'>,
): void {
  requireOwnPage(caller);
  const type = mediaType(headers['content-type']);
  if (body !== undefined && type !== 'application/json')
    throw unsupportedType(type === '' ? 'none' : type, 'application/json');
}
