import { expect, test } from 'vitest';
import type { Caller } from '../calls/handler.ts';
import { Problem } from '../domain/problem.ts';
import { buildKey } from '../store/testing/build-key.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Credentials } from './authenticate.ts';

const stranger: Caller = {
  address: '127.0.0.1',
  isSecure: false,
  signInToken: null,
  isSignedIn: false,
  csrfToken: undefined,
  foreignPage: null,
};
const signedIn: Caller = { ...stranger, isSignedIn: true, signInToken: 'token', csrfToken: 'csrf' };

/** Knows the keys of `secrets`, and the caller signed in with `token`. */
function setUp(secrets: Record<string, ReturnType<typeof buildKey>> = { good: buildKey() }) {
  let ms = 0;
  const lookedUp: string[] = [];
  const used: string[] = [];
  const known = new Map(Object.entries(secrets));
  const sessions = new Map([['token', buildKey({ id: 'by cookie' })]]);
  const authenticate = createAuthenticate({
    metadata: {
      async verifyKey(key) {
        lookedUp.push(key);
        return known.get(key) ?? null;
      },
    },
    clock: { now: () => ms, monotonicMs: () => ms },
    signIns: {
      async find(token) {
        const key = sessions.get(token);
        const signIn = { tokenHash: token, keyId: 'by cookie', createdAt: 0, expiresAt: 1 };
        return key ? { key, signIn } : null;
      },
      requireCsrfToken(_token, header) {
        if (header !== 'csrf') throw new Problem('forbidden', 'x-csrf-token');
      },
    },
    keyUses: { note: (id) => void used.push(id) },
  });
  const ask = (credentials: Partial<Credentials>) =>
    authenticate({ method: 'GET', authorization: undefined, caller: stranger, ...credentials });
  return { ask, known, sessions, lookedUp, used, pass: (more: number) => (ms += more) };
}

test.each([
  ['no header', undefined, 'No API key'],
  ['an empty header', '', 'No API key'],
  ['another scheme', 'Basic Z29vZA==', 'is not `Bearer <key>`'],
  ['no token', 'Bearer ', 'is not `Bearer <key>`'],
  ['two tokens', 'Bearer good good', 'is not `Bearer <key>`'],
  ['a token of more than 512 characters', `Bearer ${'x'.repeat(513)}`, 'is not `Bearer <key>`'],
  ['an unknown key', 'Bearer bad', 'unknown, revoked or expired'],
])('%s is refused, with how to send a key', async (_what, authorization, message) => {
  const { ask, used } = setUp();

  const refusal = ask({ authorization });

  await expect(refusal).rejects.toMatchObject({
    code: 'unauthenticated',
    message: expect.stringContaining(message),
    issues: [{ field: 'authorization' }],
  });
  await expect(refusal).rejects.toThrow('Authorization: Bearer <key>');
  expect(used).toEqual([]);
});

test('a key is looked up once a second, and noted with each use', async () => {
  const { ask, lookedUp, used, pass } = setUp();

  await ask({ authorization: 'Bearer good' });
  await ask({ authorization: 'bearer good ' });
  pass(1_000);
  await ask({ authorization: 'Bearer good' });

  expect(lookedUp).toEqual(['good', 'good']);
  expect(used).toEqual(['k', 'k', 'k']);
});

test('a revoked key is refused after a second, at the latest', async () => {
  const { ask, known, pass } = setUp();
  await ask({ authorization: 'Bearer good' });
  known.clear();

  pass(1_000);

  await expect(ask({ authorization: 'Bearer good' })).rejects.toThrow('revoked');
});

test('a key that expires within that second is not cached beyond its expiry', async () => {
  const { ask, known, pass } = setUp({ good: buildKey({ expiresAt: 300 }) });
  await ask({ authorization: 'Bearer good' });
  known.clear();

  pass(300);

  await expect(ask({ authorization: 'Bearer good' })).rejects.toThrow('expired');
});

test('an unknown key is looked up each time: it may have been made meanwhile', async () => {
  const { ask, known } = setUp({});
  await expect(ask({ authorization: 'Bearer new' })).rejects.toThrow('unknown');
  known.set('new', buildKey({ id: 'new' }));

  expect(await ask({ authorization: 'Bearer new' })).toMatchObject({ id: 'new' });
});

test('a cookie stands for its key, and is over with the sign-in at once', async () => {
  const { ask, sessions, used } = setUp();

  expect(await ask({ caller: signedIn })).toMatchObject({ id: 'by cookie' });
  sessions.clear();

  await expect(ask({ caller: signedIn })).rejects.toThrow('The sign-in has ended');
  expect(used).toEqual(['by cookie']);
});

test('by the cookie, what changes something needs the token against forged requests', async () => {
  const { ask } = setUp();
  const caller: Caller = { ...signedIn, csrfToken: 'forged' };

  await expect(ask({ method: 'POST', caller })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await ask({ method: 'GET', caller })).toMatchObject({ id: 'by cookie' });
  expect(await ask({ method: 'POST', caller: signedIn })).toMatchObject({ id: 'by cookie' });
});

test('a page of another origin cannot use the cookie', async () => {
  const { ask } = setUp();
  const foreignPage = { field: 'origin', message: 'is another' };

  const refusal = ask({ caller: { ...signedIn, foreignPage } });

  await expect(refusal).rejects.toMatchObject({ code: 'forbidden', issues: [foreignPage] });
});
