import type { Operation } from '../operation.ts';
import { success } from '../shapes.ts';
import { signIn, signInCode, signedIn } from './schemas.ts';

const signInHeaders = {
  'set-cookie': 'The sign-in: `HttpOnly`, `SameSite=Strict`.',
  'cache-control': '`no-store`.',
};

/** Sign-in of the web UI. */
export const signInOperations = {
  signIn: {
    id: 'signIn',
    method: 'POST',
    paths: ['/ui/session'],
    tag: 'sign-in',
    summary:
      'Sign in with a key: sets a cookie that every operation accepts instead of the key; keys with `ingest` access are rejected',
    access: 'public',
    scope: 'none',
    body: signIn,
    response: signedIn,
    headers: signInHeaders,
    errors: ['unauthenticated', 'forbidden', 'rate_limited'],
    idempotent: false,
    source: 'ours',
  },
  signInWithCode: {
    id: 'signInWithCode',
    method: 'POST',
    paths: ['/ui/session/code'],
    tag: 'sign-in',
    summary:
      'Sign in with the code that the service prints at its first start: once, within an hour',
    access: 'public',
    scope: 'none',
    body: signInCode,
    response: signedIn,
    headers: signInHeaders,
    errors: ['unauthenticated', 'forbidden', 'rate_limited'],
    idempotent: false,
    source: 'ours',
  },
  getSignIn: {
    id: 'getSignIn',
    method: 'GET',
    paths: ['/ui/session'],
    tag: 'sign-in',
    summary: 'The user of the cookie',
    access: 'public',
    scope: 'none',
    response: signedIn,
    headers: { 'cache-control': '`no-store`.' },
    errors: ['unauthenticated'],
    idempotent: true,
    source: 'ours',
  },
  signOut: {
    id: 'signOut',
    method: 'DELETE',
    paths: ['/ui/session'],
    tag: 'sign-in',
    summary: 'Sign out; succeeds even without a cookie',
    access: 'public',
    scope: 'none',
    response: success,
    headers: { 'set-cookie': 'Removes the cookie of the sign-in.' },
    errors: ['forbidden'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
