import { call, startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';

const withoutKey = [
  'GET /',
  'GET /p/default/sessions',
  'GET /metrics',
  'GET /ready',
  'GET /health',
  'GET /openapi.json',
  'GET /ui/session',
  'POST /ui/session',
  'GET /nowhere',
  'GET /events',
];

const statusesOf = async (url: string, host: string, headers: Record<string, string> = {}) => {
  const answers = [];
  for (const route of withoutKey)
    answers.push(await call({ url }, route, { headers: { ...headers, host } }));
  return answers;
};

describe('on loopback, without a public address', () => {
  const { url } = inject('service');

  test.each(['evil.example', 'evil.example:4040', 'localhost.evil.example', 'honeyhive', '@', ''])(
    'a page that let its own name point here, %j, reads nothing',
    async (host) => {
      for (const answer of await statusesOf(url, host)) {
        expect(answer).toMatchObject({
          status: 421,
          body: { errorCode: 'misdirected', issues: [{ field: 'host' }] },
        });
        expect(answer.text).toContain('HH_PUBLIC_URL');
      }
    },
  );

  test('such a page cannot get further with a key that it made up', async () => {
    const answers = await statusesOf(url, 'evil.example', { authorization: 'Bearer x' });

    // The last one looks at the key.
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(9).fill(421), 401]);
  });

  test.each(['localhost', 'LocalHost:1', '127.0.0.1', '[::1]:4040', '192.0.2.7', 'a.localhost'])(
    'answers as %s',
    async (host) => {
      const { status } = await call({ url }, 'GET /health', { headers: { host } });

      expect(status).toBe(200);
    },
  );

  test('a program with a key may call it by any name', async () => {
    const { key } = await openProject();

    const answer = await call({ url, key }, 'GET /events', { headers: { host: 'evil.example' } });

    expect(answer.status).toBe(200);
  });
});

describe('reachable by others', () => {
  let open: RunningService;
  let named: RunningService;
  const of = ({ url }: RunningService) => url.replace('0.0.0.0', '127.0.0.1');
  beforeAll(async () => {
    open = await startService({ env: { HH_HOST: '0.0.0.0' } });
    named = await startService({
      env: { HH_HOST: '0.0.0.0', HH_PUBLIC_URL: 'https://obs.example.com' },
    });
  });
  afterAll(async () => {
    await open.stop();
    await named.stop();
  });

  test('answers to its address and to names that nobody else can have', async () => {
    const ask = async (host: string) =>
      (await call({ url: of(open) }, 'GET /ready', { headers: { host } })).status;

    expect(await ask('honeyhive:4040')).toBe(200);
    expect(await ask('host.docker.internal')).toBe(200);
    expect(await ask('10.1.2.3:4040')).toBe(200);
    expect(await ask('evil.example')).toBe(421);
  });

  test('with a public address, answers to that and to addresses alone', async () => {
    const ask = async (host: string) =>
      (await call({ url: of(named) }, 'GET /ready', { headers: { host } })).status;

    expect(await ask('obs.example.com')).toBe(200);
    expect(await ask('10.1.2.3:4040')).toBe(200);
    expect(await ask('honeyhive:4040')).toBe(421);
    expect(await ask('evil.example')).toBe(421);
  });

  test('warns, with what to set, on standard error and in the log', () => {
    const lines = open.output().split('\n');
    const warnings = lines.filter((line) => line.includes('HH_TRUSTED_PROXIES'));

    expect(warnings).toHaveLength(2);
    expect(warnings.find((line) => line.startsWith('warning: '))).toContain('HH_PUBLIC_URL and');
    expect(warnings.find((line) => line.startsWith('{'))).toContain('"level":40');
  });

  test('says to browsers to use TLS alone where the public address does', async () => {
    const header = async (service: RunningService) =>
      (await call({ url: of(service) }, 'GET /health')).headers['strict-transport-security'];

    expect(await header(named)).toBe('max-age=31536000');
    expect(await header(open)).toBeUndefined();
  });
});
