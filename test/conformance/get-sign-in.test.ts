import { call, createOperationCaller } from 'honeyhive-testkit';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';

const { url, key: organisationKey } = inject('service');
const person = createOperationCaller({ url });

test('says the same as signing in did', async () => {
  const { key } = await openProject();
  const { body, headers } = await signIn(url, key);

  expect(await person.ok('getSignIn', { headers })).toEqual(body);
});

test.each([
  ['no cookie', {}],
  ['a cookie of nobody', { cookie: 'honeyhive_x=1' }],
  ['a key instead of a cookie', { authorization: `Bearer ${organisationKey}` }],
])('answers 401 with %s', async (_what, headers) => {
  const refusal = await person.refused('getSignIn', 401, { headers });

  expect(refusal.errorCode).toBe('unauthenticated');
});

test('a token that was changed is nobody', async () => {
  const { key } = await openProject();
  const { cookie } = await signIn(url, key);
  const changed = `${cookie.slice(0, -1)}${cookie.endsWith('a') ? 'b' : 'a'}`;

  const answer = await call({ url }, 'GET /ui/session', { headers: { cookie: changed } });

  expect(answer.status).toBe(401);
});
