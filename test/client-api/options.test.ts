import { HoneyHive } from 'honeyhive';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  apiKey,
  durationOf,
  failureOf,
  openClient,
  reply,
  stall,
  startScriptedServer,
  stored,
} from './open-client.ts';

const ok = reply(200, stored);
const away = reply(503, {});

describe('who asks, and where', () => {
  test('apiKey: names the caller, and is never shown', async () => {
    await using opened = await openClient({ apiKey }, ok, reply(401, { message: apiKey }));

    await opened.client.createSession();
    const refused = await failureOf(opened.client.createSession());

    expect(opened.server.arrived[0]?.headers['authorization']).toBe(`Bearer ${apiKey}`);
    expect(String(refused)).not.toContain(apiKey);
    expect(inspect(opened.client, { depth: 9, showHidden: true })).not.toContain(apiKey);
  });

  test.each(['baseUrl', 'serverUrl'])('%s: is the address of the service', async (name) => {
    await using server = await startScriptedServer(ok);
    await using client = new HoneyHive({ apiKey, [name]: `${server.url}/prefix/` });

    await client.createSession();

    expect(client.baseUrl).toBe(`${server.url}/prefix`);
    expect(server.arrived[0]?.url).toBe('/prefix/session/start');
  });

  test('headers: are sent with every request, and win over those of the client', async () => {
    const headers = { 'User-Agent': 'MyApp/1.0', 'X-Custom-Header': 'custom-value' };
    await using opened = await openClient({ headers }, ok);

    await opened.client.createSession();

    expect(opened.server.arrived[0]?.headers).toMatchObject({
      'user-agent': 'MyApp/1.0',
      'x-custom-header': 'custom-value',
    });
  });
});

describe('how long it may take', () => {
  test('timeout: bounds a call with all of its retries', async () => {
    await using opened = await openClient({ timeout: 0.15, maxRetries: 1000 }, away, away, stall);

    const error = await failureOf(opened.client.createSession());

    expect(error).toMatchObject({ which: 'total', limitMs: 150 });
  });

  test('readTimeout: bounds the wait for the response of one attempt', async () => {
    await using opened = await openClient({ readTimeout: 0.1, maxRetries: 0 }, stall);

    expect(await failureOf(opened.client.createSession())).toMatchObject({ which: 'headers' });
  });
});

describe('when it is tried again', () => {
  test.each([0, 2])('maxRetries: %d is the number of tries after the first', async (maxRetries) => {
    await using opened = await openClient({ maxRetries }, away);

    await failureOf(opened.client.createSession());

    expect(opened.server.arrived).toHaveLength(maxRetries + 1);
  });

  test('retryConfig: is all of it as one object', async () => {
    const retryConfig = {
      maxRetries: 2,
      backoffFactor: 0.001,
      backoffMax: 0.01,
      statusCodes: [418],
      jitter: false,
    };
    await using opened = await openClient({ retryConfig }, reply(418, {}));

    await failureOf(opened.client.createSession());

    expect(opened.server.arrived).toHaveLength(3);
  });

  test('retryBackoffFactor: is the wait after the first attempt, and doubles', async () => {
    const options = { retryBackoffFactor: 0.05, retryJitter: 0, maxRetries: 2 };
    await using opened = await openClient(options, away);

    const durationMs = await durationOf(() => failureOf(opened.client.createSession()));

    // 50 + 100; timers may be a millisecond early.
    expect(durationMs).toBeGreaterThan(145);
  });

  test('retryBackoffMax: is the longest wait', async () => {
    const options = { retryBackoffFactor: 60, retryBackoffMax: 0.01, maxRetries: 3 };
    await using opened = await openClient(options, away);

    const durationMs = await durationOf(() => failureOf(opened.client.createSession()));

    expect(opened.server.arrived).toHaveLength(4);
    expect(durationMs).toBeLessThan(10_000);
  });

  test('retryOnStatusCodes: says after which statuses', async () => {
    await using opened = await openClient({ retryOnStatusCodes: [418] }, reply(418, {}), away);

    await failureOf(opened.client.createSession());

    expect(opened.server.arrived).toHaveLength(2);
  });
});

describe('how often it asks', () => {
  test.each(['rateLimitWindow', 'rateLimitPeriod'])(
    '%s: is the time in which rateLimitCalls may begin',
    async (name) => {
      await using opened = await openClient({ rateLimitCalls: 2, [name]: 0.2 }, ok);
      const calls = () => Promise.all([1, 2, 3].map(() => opened.client.createSession()));

      expect(await durationOf(calls)).toBeGreaterThan(195);
    },
  );

  test('rateLimitCalls: makes further calls wait, and fails none', async () => {
    await using opened = await openClient({ rateLimitCalls: 3, rateLimitWindow: 0.1 }, ok);

    await Promise.all(Array.from({ length: 9 }, () => opened.client.createSession()));

    expect(opened.server.arrived).toHaveLength(9);
  });
});

describe('whether it asks at all', () => {
  test('testMode: checks requests and answers in the right shape, without a network', async () => {
    await using opened = await openClient({ testMode: true }, ok);
    const { client } = opened;

    const { session_id } = await client.createSession({ session_name: 'dry' });
    const wrong = await failureOf(
      client.createEvent({ session_id, event_type: 'tool', event_name: 'x', duration: -1 }),
    );

    expect(await client.getSession(session_id)).toMatchObject({ session_id });
    expect(wrong).toMatchObject({ statusCode: 400, issues: [{ field: 'duration' }] });
    expect(opened.server.arrived).toEqual([]);
  });
});
