import { call, startService } from 'honeyhive-testkit';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';

const { url } = inject('service');
const { host } = new URL(url);
const foreign = [
  { origin: 'http://evil.test' },
  { origin: 'null' },
  { origin: 'http://evil.test', 'sec-fetch-site': 'same-origin' },
  { origin: `http://${host}.evil.test` },
  { origin: 'http://127.0.0.1:1' },
];

test.each(foreign)('a page of another origin, %j, signs nobody in or out', async (headers) => {
  const { key } = await openProject();
  const signedIn = await signIn(url, key);

  const answers = [
    await call({ url }, 'POST /ui/session', { body: { api_key: key }, headers }),
    await call({ url }, 'POST /ui/session/code', { body: { code: 'x' }, headers }),
    await call({ url }, 'DELETE /ui/session', { headers: { ...signedIn.headers, ...headers } }),
    await call({ url }, 'GET /ui/session', { headers: { ...signedIn.headers, ...headers } }),
    await call({ url }, 'GET /events', { headers: { ...signedIn.headers, ...headers } }),
    await call({ url }, 'POST /events', {
      body: { event: {} },
      headers: { ...signedIn.headers, ...headers },
    }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  for (const answer of answers)
    expect(answer.body).toMatchObject({ errorCode: 'forbidden', issues: [{ field: 'origin' }] });
  expect(answers.map(({ headers: sent }) => sent['set-cookie'])).toEqual(
    answers.map(() => undefined),
  );
});

test('whose page it is counts before the body: that of a stranger is not read', async () => {
  const answer = await call({ url }, 'POST /ui/session', {
    raw: 'no JSON',
    headers: { origin: 'http://evil.test' },
  });

  expect(answer.status).toBe(403);
});

test.each([
  undefined,
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
])('a sign-in of content-type %s, as forms can send it, is refused', async (type) => {
  const { key } = await openProject();
  const body = new TextEncoder().encode(JSON.stringify({ api_key: key, code: 'x' }));
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };

  const answers = [
    await fetch(`${url}/ui/session`, { method: 'POST', headers, body }),
    await fetch(`${url}/ui/session/code`, { method: 'POST', headers, body }),
  ];

  for (const answer of answers) {
    expect(answer.status).toBe(415);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.json()).toMatchObject({ issues: [{ field: 'content-type' }] });
  }
});

test('the page of the service signs in, with the origin that browsers send', async () => {
  const { key } = await openProject();
  const headers = { origin: url, 'sec-fetch-site': 'same-origin' };

  const answer = await call({ url }, 'POST /ui/session', { body: { api_key: key }, headers });

  expect(answer.status).toBe(200);
});

test('a page elsewhere that has a key is not asked for its origin', async () => {
  const { key } = await openProject();
  const headers = { origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' };

  const { status } = await call({ url, key }, 'GET /events', { headers });

  expect(status).toBe(200);
});

test('behind a proxy that writes another host, the public address is the origin', async () => {
  const service = await startService({
    env: { HH_PUBLIC_URL: 'https://obs.example.com', HH_BASE_PATH: '/hive' },
  });
  try {
    const attempt = (origin: string) =>
      call({ url: service.url }, 'POST /hive/ui/session', {
        body: { api_key: service.key },
        headers: { origin },
      });

    const own = await attempt('https://obs.example.com');
    const other = await attempt('http://obs.example.com');

    expect(own.status).toBe(200);
    expect(other).toMatchObject({ status: 403, body: { issues: [{ field: 'origin' }] } });
    expect(other.text).toContain('https://obs.example.com');
  } finally {
    await service.stop();
  }
});

test('x-forwarded-* is believed from nobody, unless the proxy is named', async () => {
  const { key } = await openProject();
  const service = await startService({ env: { HH_TRUSTED_PROXIES: 'loopback' } });
  try {
    const headers = { 'x-forwarded-proto': 'HTTPS,http' };
    const cookieOf = async (target: string, api_key: string) =>
      (await call({ url: target }, 'POST /ui/session', { body: { api_key }, headers })).headers[
        'set-cookie'
      ];

    expect(await cookieOf(url, key)).not.toContain('Secure');
    expect(await cookieOf(service.url, service.key)).toMatch(/; Secure$/);
  } finally {
    await service.stop();
  }
});
