import { call, createKey, createOperationCaller, revokeKey, startService } from 'honeyhive-testkit';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';

const { url, dataDir, key: organisationKey } = inject('service');

test('answers who it is and what they can see, and sets a cookie that scripts cannot read', async () => {
  const { key, id, name } = await openProject();

  const answer = await call({ url }, 'POST /ui/session', { body: { api_key: key } });

  expect(answer).toMatchObject({
    status: 200,
    body: { projects: [{ id, name }], key: { access: 'full', scope: 'project' } },
  });
  expect(answer.headers['set-cookie']).toMatch(
    /^honeyhive_\w{8}=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
  );
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text).not.toContain(key);
});

test('a key of the organisation sees the projects of all', async () => {
  const { id, name } = await openProject();

  const { body } = await signIn(url, organisationKey);

  expect(body.key).toMatchObject({ scope: 'organisation' });
  expect(body.projects).toContainEqual({ id, name });
});

test('every operation takes the cookie instead of the key, and stays in the project of the key', async () => {
  const own = await openProject();
  const other = await openProject();
  const { headers } = await signIn(url, own.key);
  const person = createOperationCaller({ url });
  await own.api.ok('startSession', { body: { session: { session_name: 'mine' } } });
  const { session_id } = await other.api.ok('startSession', { body: { session: {} } });

  const mine = await person.ok('exportEvents', { body: {}, headers });
  const foreign = await person.refused('getSession', 404, { params: { session_id }, headers });

  expect(mine.events).toMatchObject([{ event_name: 'mine', project_id: own.id }]);
  expect(foreign.errorCode).toBe('not_found');
});

test('refuses to change anything without the CSRF token', async () => {
  const { key } = await openProject();
  const { cookie } = await signIn(url, key);
  const person = createOperationCaller({ url });
  const body = { session: { session_name: 'forged' } };

  for (const headers of [{ cookie }, { cookie, 'x-csrf-token': 'guess' }]) {
    const refusal = await person.refused('startSession', 403, { body, headers });
    expect(refusal.issues?.[0]?.field).toBe('x-csrf-token');
  }
  const { events } = await person.ok('listEvents', { headers: { cookie } });
  expect(events).toEqual([]);
});

test.each(['cross-site', 'same-site'])('refuses a request from a %s page', async (site) => {
  const { key } = await openProject();
  const { headers } = await signIn(url, key);
  const from = { 'sec-fetch-site': site };

  const answers = [
    await call({ url }, 'POST /ui/session', { body: { api_key: key }, headers: from }),
    await call({ url }, 'GET /events', { headers: { ...headers, ...from } }),
    await call({ url }, 'DELETE /ui/session', { headers: { ...headers, ...from } }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
});

test('a revoked key ends its sign-ins at once', async () => {
  const { id, key } = await createKey(dataDir);
  const { headers } = await signIn(url, key);
  await revokeKey(dataDir, id);

  const answers = [
    await call({ url }, 'GET /ui/session', { headers }),
    await call({ url }, 'GET /events', { headers }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test('a key that may only send cannot sign in', async () => {
  const { key } = await createKey(dataDir, { access: 'ingest' });

  const answer = await call({ url }, 'POST /ui/session', { body: { api_key: key } });

  expect(answer).toMatchObject({ status: 403, body: { issues: [{ field: 'api_key' }] } });
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('rate-limits failed keys, and accepts a valid one from the same address', async () => {
  const service = await startService({ env: { HH_LOG_LEVEL: 'warn', HH_BASE_PATH: '/x/y/' } });
  try {
    const attempt = (api_key: string, path = '/ui/session') =>
      call({ url: service.url }, `POST ${path}`, { body: { api_key } });
    const wrongSecret = service.key.slice(0, -1) + (service.key.endsWith('x') ? 'y' : 'x');

    const first = await attempt(service.key, '/x/y/ui/session');
    const guesses = [];
    for (let index = 0; index < 11; index += 1) guesses.push(await attempt(`hh_guess_${index}`));
    const ofOneKey = [];
    for (let index = 0; index < 11; index += 1) ofOneKey.push(await attempt(wrongSecret));
    const [last] = guesses.slice(-1);
    const right = await attempt(service.key);
    const elsewhere = await call({ url: service.url }, 'GET /x/yz/health');

    expect(first.headers['set-cookie']).toContain('; Path=/x/y;');
    const expected = [...Array<number>(10).fill(401), 429];
    expect(guesses.map(({ status }) => status)).toEqual(expected);
    expect(ofOneKey.map(({ status }) => status)).toEqual(expected);
    expect(last?.body).toMatchObject({ errorCode: 'rate_limited' });
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(30);
    expect(right.status).toBe(200);
    expect(elsewhere.status).toBe(404);
  } finally {
    await service.stop();
  }
});

test('behind a trusted proxy, wrong keys are counted by the address that it names', async () => {
  const service = await startService({ env: { HH_TRUSTED_PROXIES: 'loopback' } });
  try {
    const attempt = async (address: string) =>
      (
        await call({ url: service.url }, 'POST /ui/session', {
          body: { api_key: 'no key' },
          headers: { 'x-forwarded-for': address },
        })
      ).status;

    for (let index = 0; index < 10; index += 1) await attempt('192.0.2.1');

    expect(await attempt('192.0.2.1')).toBe(429);
    expect(await attempt('192.0.2.2')).toBe(401);
    // What the caller wrote before the proxy added theirs.
    expect(await attempt('192.0.2.9, 192.0.2.1')).toBe(429);
  } finally {
    await service.stop();
  }
});
