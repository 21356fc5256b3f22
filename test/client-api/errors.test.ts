import {
  HoneyHive,
  HoneyHiveAPIError,
  HoneyHiveAuthenticationError,
  HoneyHiveConnectionError,
  HoneyHiveError,
  HoneyHiveRateLimitError,
} from 'honeyhive';
import { startFaultProxy } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';

const { url: baseUrl, key: apiKey } = inject('service');
const proxy = await startFaultProxy(baseUrl);
const client = new HoneyHive({ apiKey, baseUrl: proxy.url, maxRetries: 0 });
afterAll(async () => {
  await client.close();
  await proxy.close();
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

const missing = () => failureOf(client.getSession(randomUUID()));
const limited = () => {
  proxy.script({ kind: 'answer', status: 429, headers: { 'retry-after': '7' } });
  return failureOf(client.createSession());
};

test('HoneyHiveError: is the base of every error', async () => {
  proxy.script({ kind: 'reset' });

  for (const error of [await failureOf(client.createSession()), await missing(), await limited()]) {
    expect(error).toBeInstanceOf(HoneyHiveError);
  }
});

test.each([400, 404, 500, 503])('HoneyHiveAPIError: is thrown for %d', async (status) => {
  proxy.script({ kind: 'answer', status });

  expect(await failureOf(client.createSession())).toBeInstanceOf(HoneyHiveAPIError);
});

test('HoneyHiveAPIError.statusCode: is the status of the response', async () => {
  expect(await missing()).toMatchObject({ statusCode: 404 });
});

test('HoneyHiveAPIError.response: is the response as it came', async () => {
  expect(await missing()).toMatchObject({
    response: { status: 404, headers: expect.any(Object), body: { success: false } },
  });
});

test('HoneyHiveAPIError.message: names the method and what went wrong', async () => {
  expect(await missing()).toMatchObject({ message: expect.stringMatching(/^getSession: .+/) });
});

test('HoneyHiveConnectionError: is thrown when no response comes, in time or at all', async () => {
  proxy.script({ kind: 'reset' }, { kind: 'stall' });

  const broken = await failureOf(client.createSession());
  const late = await failureOf(client.createSession({}, { timeout: 0.2 }));

  expect(broken).toBeInstanceOf(HoneyHiveConnectionError);
  expect(late).toBeInstanceOf(HoneyHiveConnectionError);
});

test('HoneyHiveAuthenticationError: is thrown for a key that is wrong', async () => {
  await using stranger = new HoneyHive({
    apiKey: `hh_${'a'.repeat(12)}_${'b'.repeat(32)}`,
    baseUrl,
  });

  const error = await failureOf(stranger.createSession());

  expect(error).toBeInstanceOf(HoneyHiveAuthenticationError);
  expect(error).toMatchObject({ statusCode: 401 });
});

test('HoneyHiveRateLimitError: is thrown for 429', async () => {
  expect(await limited()).toBeInstanceOf(HoneyHiveRateLimitError);
});

test('HoneyHiveRateLimitError.retryAfter: is in seconds; null when the service does not say', async () => {
  expect(await limited()).toMatchObject({ retryAfter: 7 });

  proxy.script({ kind: 'answer', status: 429 });
  expect(await failureOf(client.createSession())).toMatchObject({ retryAfter: null });
});
