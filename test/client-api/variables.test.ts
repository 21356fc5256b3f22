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

test('HONEYHIVE_API_KEY: is another name of HH_API_KEY, which wins', async () => {
  setEnvironment({ HONEYHIVE_API_KEY: key, HH_API_URL: url });

  expect((await new HoneyHive().createSession()).session_id).not.toBe('');
  setEnvironment({ HH_API_KEY: 'other' });
  await expect(new HoneyHive().createSession()).rejects.toMatchObject({ statusCode: 401 });
});

test('HH_PROJECT: is the project of calls that name none', () => {
  setEnvironment({ HH_PROJECT: 'shop' });

  expect(new HoneyHive().project).toBe('shop');
  expect(new HoneyHive({ project: 'mine' }).project).toBe('mine');
});

test('HH_SOURCE: is the source of sessions and events that name none', async () => {
  setEnvironment({ HH_SOURCE: 'staging', HH_API_KEY: key, HH_API_URL: url });
  await using client = new HoneyHive();

  const { session_id } = await client.createSession();

  expect(await client.getSession(session_id)).toMatchObject({ source: 'staging' });
});

test('HH_VERBOSE: reports each call', async () => {
  setEnvironment({ HH_VERBOSE: 'true' });
  const written = vi.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
  await using client = new HoneyHive({ apiKey: key, baseUrl: url });

  await client.createSession();

  expect(written.mock.calls.flat().join('\n')).toContain('createSession answered 200');
  written.mockRestore();
});

test('HH_RATE_LIMIT_CALLS: is how many calls may begin in HH_RATE_LIMIT_WINDOW seconds', async () => {
  setEnvironment({ HH_RATE_LIMIT_CALLS: '2', HH_RATE_LIMIT_WINDOW: '0.3' });
  await using client = new HoneyHive({ apiKey: key, baseUrl: url });
  const startedAt = performance.now();

  await Promise.all([1, 2, 3].map(() => client.createSession()));

  expect(performance.now() - startedAt).toBeGreaterThan(295);
});

test('HH_MAX_CONNECTIONS: is how many connections are open at once', async () => {
  setEnvironment({ HH_MAX_CONNECTIONS: '1' });
  const before = proxy.connectionCount();
  await using client = new HoneyHive({ apiKey: key, baseUrl: proxy.url });

  await Promise.all([1, 2, 3, 4].map(() => client.createSession()));

  expect(proxy.connectionCount() - before).toBe(1);
});
