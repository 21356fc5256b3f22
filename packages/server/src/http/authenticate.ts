import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ApiKey, KeyStore } from '../keys/key-store.ts';
import { Problem } from '../domain/problem.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import type { Caller } from '../calls/handler.ts';
import type { KeyUses } from '../keys/key-uses.ts';
import { requireOwnPage } from './ui/own-page.ts';

/** How long a verified key is cached: a revoked one stops working after this, at the latest. */
const cacheMs = 1_000;
const maxRemembered = 10_000;

/** What a request has to show. */
export interface Credentials {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly caller: Caller;
}

/** Finds out whose request it is: by its key, or by the cookie of a sign-in. */
export type Authenticate = (credentials: Credentials) => Promise<ApiKey>;

const missing = (message: string): Problem =>
  new Problem(
    'unauthenticated',
    `${message} Send \`Authorization: Bearer <key>\`; \`honeyhive keys create\` creates a key.`,
    {
      issues: [{ field: 'authorization', message }],
    },
  );

export interface AuthenticateServices {
  readonly metadata: Pick<KeyStore, 'verifyKey'>;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly signIns: Pick<SignIns, 'find' | 'requireCsrfToken'>;
  readonly keyUses: Pick<KeyUses, 'note'>;
}

/** By the key when there is one, else by the cookie; looked up each time, so that signing out works at once. */
export function createAuthenticate({
  metadata,
  clock,
  signIns,
  keyUses,
}: AuthenticateServices): Authenticate {
  const verify = createKeyVerifier(metadata, clock);
  const identify: Authenticate = async ({ method, authorization, caller }) => {
    if (!caller.isSignedIn || caller.signInToken === null) return verify(authorization);
    const signedIn = await signIns.find(caller.signInToken);
    if (!signedIn) throw missing('The sign-in has ended.');
    requireOwnPage(caller);
    if (method !== 'GET') signIns.requireCsrfToken(caller.signInToken, caller.csrfToken);
    return signedIn.key;
  };
  return async (credentials) => {
    const key = await identify(credentials);
    keyUses.note(key.id);
    return key;
  };
}

/** Keys verified within the last second are not looked up again; only their hashes are cached. */
function createKeyVerifier(
  metadata: AuthenticateServices['metadata'],
  clock: AuthenticateServices['clock'],
): (authorization: string | undefined) => Promise<ApiKey> {
  const cached = new LRUCache<string, { readonly key: ApiKey; readonly until: number }>({
    max: maxRemembered,
  });
  return async (authorization) => {
    if (!authorization) throw missing('No API key.');
    const [, token] = /^Bearer\s+(\S{1,512})\s*$/i.exec(authorization) ?? [];
    if (!token) throw missing('The authorization header is not `Bearer <key>`.');
    const hash = createHash('sha256').update(token).digest('base64');
    const known = cached.get(hash);
    if (known && known.until > clock.monotonicMs()) return known.key;
    const key = await metadata.verifyKey(token, clock.now());
    if (!key) throw missing('The API key is unknown, revoked or expired.');
    const leftMs = (key.expiresAt ?? Infinity) - clock.now();
    cached.set(hash, { key, until: clock.monotonicMs() + Math.min(cacheMs, leftMs) });
    return key;
  };
}
