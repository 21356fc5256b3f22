import { HoneyHive } from 'honeyhive';
import { startFaultProxy } from 'honeyhive-testkit';
import { afterAll, afterEach, expect, inject, test, vi } from 'vitest';

const { url, key } = inject('service');
const proxy = await startFaultProxy(url);
afterAll(() => proxy.close());
afterEach(() => vi.unstubAllEnvs());

const setEnvironment = (variables: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

test('HH_API_KEY: names the caller, unless apiKey is given', async () => {
  setEnvironment({ HH_API_KEY: key, HH_API_URL: url });

  expect((await new HoneyHive().createSession()).session_id).not.toBe('');
  const other = new HoneyHive({ apiKey: 'other' }).createSession();
  await expect(other).rejects.toMatchObject({ statusCode: 401 });
});

test('HH_API_URL: is the address of the service, unless baseUrl is given', () => {
  setEnvironment({ HH_API_URL: 'http://one.example' });

  expect(new HoneyHive().baseUrl).toBe('http://one.example');
  expect(new HoneyHive({ baseUrl: url }).baseUrl).toBe(url);
});

test('HH_BASE_URL: is another name of HH_API_URL, which wins', () => {
  setEnvironment({ HH_BASE_URL: 'http://two.example' });

  expect(new HoneyHive().baseUrl).toBe('http://two.example');
  setEnvironment({ HH_API_URL: 'http://one.example' });
  expect(new HoneyHive().baseUrl).toBe('http://one.example');
});

test('HH_TIMEOUT: bounds a call, in seconds', async () => {
  setEnvironment({ HH_TIMEOUT: '0.2', HH_API_KEY: key });
  proxy.script({ kind: 'stall' });

  const session = new HoneyHive({ baseUrl: proxy.url }).createSession();

  await expect(session).rejects.toMatchObject({ which: 'total', limitMs: 200 });
});

test('HH_MAX_RETRIES: is how often a failed try is repeated', async () => {
  setEnvironment({ HH_MAX_RETRIES: '0', HH_API_KEY: key });
  proxy.script({ kind: 'answer', status: 503 });

  const session = new HoneyHive({ baseUrl: proxy.url }).createSession();

  await expect(session).rejects.toMatchObject({ statusCode: 503 });
});

test('HH_TEST_MODE: turns test mode on', async () => {
  setEnvironment({ HH_TEST_MODE: 'true' });

  const session = await new HoneyHive({ baseUrl: 'http://127.0.0.1:9' }).createSession();

  expect(session.session_id).not.toBe('');
});
