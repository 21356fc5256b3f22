import { call, createOperationCaller } from 'honeyhive-testkit';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';

const { url } = inject('service');
const person = createOperationCaller({ url });

test('ends the sign-in at once and takes the cookie back', async () => {
  const { key } = await openProject();
  const { headers } = await signIn(url, key);
  const other = await signIn(url, key);

  const answer = await call({ url }, 'DELETE /ui/session', { headers });
  const after = await person.refused('listEvents', 401, { headers });
  const elsewhere = await person.send('listEvents', { headers: other.headers });

  expect(answer.headers['set-cookie']).toMatch(/^honeyhive_\w{8}=; Path=\/; Max-Age=0;/);
  expect(after.message).toContain('sign-in has ended');
  expect(elsewhere.status).toBe(200);
});

test('needs the CSRF token', async () => {
  const { key } = await openProject();
  const { cookie, headers } = await signIn(url, key);

  await person.refused('signOut', 403, { headers: { cookie } });
  const still = await person.send('getSignIn', { headers });

  expect(still.status).toBe(200);
});

test('is done as well when nobody is signed in', async () => {
  expect(await person.ok('signOut')).toEqual({ success: true });
});
