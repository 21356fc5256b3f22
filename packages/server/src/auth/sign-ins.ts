import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ApiKey } from '../keys/key-store.ts';
import type { OrganisationStore } from '../projects/organisation-store.ts';
import type { SignIn, SignInStore } from './sign-in-store.ts';
import { Problem } from '../domain/problem.ts';

/** How long a sign-in lasts, milliseconds. */
export const signInMs = 30 * 86_400_000;

/** Somebody who is signed in. */
export interface SignedIn {
  readonly key: ApiKey;
  readonly signIn: SignIn;
}

/** Sign-ins to the web UI: a token in a cookie, and a second one that a page sends with what changes something. */
export interface SignIns {
  /**
   * Name of the cookie: cookies of one host are shared by all its ports, so each installation has its own. Behind TLS
   * it has a prefix, with which browsers take it over TLS alone and from no other host. Source: RFC 6265bis, section
   * 4.1.3.
   */
  cookieNameOf(isSecure: boolean): string;
  start(key: ApiKey): Promise<{ token: string; signedIn: SignedIn }>;
  /** null when nobody is signed in with the token, any more. */
  find(token: string): Promise<SignedIn | null>;
  end(token: string): Promise<void>;
  /** The token against forged requests; who has only the hash of the other cannot make it. */
  csrfTokenOf(token: string): string;
  /** @throws {Problem} `forbidden` unless the header is that token */
  requireCsrfToken(token: string, header: string | undefined): void;
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const hashToken = (token: string): string => hash(token).toString('hex');

/** @param basePath path that the cookie is bound to; only `/` may have the stricter of the two prefixes */
export function createSignIns(
  metadata: SignInStore & OrganisationStore,
  clock: Clock,
  basePath: string,
): SignIns {
  const csrfTokenOf = (token: string): string => hash(`csrf ${token}`).toString('base64url');
  const plainName = `honeyhive_${metadata.organisationId.replaceAll(/\W/g, '').slice(0, 8)}`;
  const prefix = basePath === '/' ? '__Host-' : '__Secure-';
  return {
    cookieNameOf: (isSecure) => (isSecure ? prefix : '') + plainName,
    async start(key) {
      const token = randomBytes(32).toString('base64url');
      const createdAt = clock.now();
      const signIn = {
        tokenHash: hashToken(token),
        keyId: key.id,
        createdAt,
        expiresAt: createdAt + signInMs,
      };
      await metadata.addSignIn(signIn);
      return { token, signedIn: { key, signIn } };
    },
    find: (token) => metadata.findSignIn(hashToken(token), clock.now()),
    end: (token) => metadata.removeSignIn(hashToken(token)),
    csrfTokenOf,
    requireCsrfToken(token, header = '') {
      // Hashes are of one length, as the comparison wants.
      if (timingSafeEqual(hash(csrfTokenOf(token)), hash(header))) return;
      throw new Problem(
        'forbidden',
        'The header x-csrf-token is not that of the sign-in. Get it from GET /ui/session.',
        { issues: [{ field: 'x-csrf-token', message: 'not that of the sign-in' }] },
      );
    },
  };
}
