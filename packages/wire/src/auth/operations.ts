import type { Operation } from '../operation.ts';
import { success } from '../shapes.ts';
import { signIn, signInCode, signedIn } from './schemas.ts';

const signInHeaders = {
  'set-cookie': 'The sign-in: `HttpOnly`, `SameSite=Strict`.',
  'cache-control': '`no-store`.',
};

/** Who somebody is and what they may do, for the web UI. */
export const signInOperations = {
  signIn: {
    id: 'signIn',
    method: 'POST',
    paths: ['/ui/session'],
    tag: 'sign-in',
    summary:
      'Sign in with a key: sets a cookie that every operation takes in place of the key; not with a key that may only send',
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
    summary: 'Who the cookie is of',
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
    summary: 'End the sign-in of the cookie; done as well when there is none',
    access: 'public',
    scope: 'none',
    response: success,
    headers: { 'set-cookie': 'Removes the cookie of the sign-in.' },
    errors: ['forbidden'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
