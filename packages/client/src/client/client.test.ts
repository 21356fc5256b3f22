import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { AsyncHoneyHive, HoneyHive } from '../index.ts';
import { connect, eventInput, failureOf, nowhere, testKey } from '../testing/connect.ts';
import { reply, replyText, reset, stall, startScriptedServer } from '../testing/scripted-server.ts';
import type { Step } from '../testing/scripted-server.ts';
import { version } from '../wire/version.ts';

describe('requests', () => {
  test('carry the key, and who sends them', async () => {
    await using server = await startScriptedServer(reply(200, { session_id: 's' }));
    await using client = connect(server.url, { headers: { 'X-Team': 'care' } });

    await client.createSession({}, { headers: { 'x-call': '1' }, idempotencyKey: 'once' });

    expect(server.arrived[0]?.headers).toMatchObject({
      authorization: `Bearer ${testKey}`,
      'user-agent': `honeyhive-ts/${version}`,
      'content-type': 'application/json',
      accept: 'application/json',
      'hh-client-package': 'honeyhive',
      'hh-client-version': version,
      'hh-client-language': 'typescript',
      'hh-client-timestamp': expect.stringMatching(/^\d{19}$/) as string,
      'x-team': 'care',
      'x-call': '1',
      'idempotency-key': 'once',
    });
  });

  test('let the headers of the caller win', async () => {
    await using server = await startScriptedServer(reply(200, {}));
    await using client = connect(server.url, { headers: { 'User-Agent': 'MyApp/1.0' } });

    await client.request('GET', '/', { headers: { authorization: 'Basic abc' } });

    expect(server.arrived[0]?.headers).toMatchObject({
      'user-agent': 'MyApp/1.0',
      authorization: 'Basic abc',
    });
  });

  test('go below a path in the base URL', async () => {
    await using server = await startScriptedServer(reply(200, { session_id: 's' }));
    await using client = connect(`${server.url}/honeyhive/`);

    await client.getSession('a/b c');

    expect(client.baseUrl).toBe(`${server.url}/honeyhive`);
    expect(server.arrived[0]?.url).toBe('/honeyhive/session/a%2Fb%20c');
  });
});

describe('failures', () => {
  test('maxRetries 0 disables retries', async () => {
    await using server = await startScriptedServer(reply(503, {}));
    await using client = connect(server.url, { maxRetries: 0 });

    await expect(client.getEvent('e')).rejects.toMatchObject({ statusCode: 503 });
    expect(server.arrived).toHaveLength(1);
  });

  test('tries three times more, then rejects with the last failure', async () => {
    await using server = await startScriptedServer(reply(500, { message: 'oops' }));
    await using client = connect(server.url);

    await expect(client.getEvent('e')).rejects.toMatchObject({ statusCode: 500 });
    expect(server.arrived).toHaveLength(4);
  });

  test('a 429 rejects at once when it asks for more time than there is', async () => {
    await using server = await startScriptedServer(reply(429, {}, { 'retry-after': '120' }));
    await using client = connect(server.url);

    const error = await failureOf(client.createEvent(eventInput));

    expect(error).toBeInstanceOf(errors.HoneyHiveRateLimitError);
    expect(error).toMatchObject({ retryAfter: 120 });
    expect(server.arrived).toHaveLength(1);
  });

  test('the time of a call bounds it as a whole', async () => {
    await using server = await startScriptedServer(stall);
    await using client = connect(server.url);

    const error = await failureOf(client.getEvent('e', { timeout: 0.05 }));

    expect(error).toBeInstanceOf(errors.HoneyHiveTimeoutError);
    expect(error).toMatchObject({ which: 'total', limitMs: 50 });
  });

  test("the caller's signal ends a call, and what waits to be tried again", async () => {
    await using server = await startScriptedServer(stall);
    await using client = connect(server.url);
    const controller = new AbortController();
    const failure = failureOf(client.listEvents({}, { signal: controller.signal }));
    await server.waitForRequests(1);

    controller.abort(new Error('enough'));

    expect(await failure).toBeInstanceOf(errors.HoneyHiveAbortedError);
    expect(await failure).toMatchObject({ cause: { message: 'enough' } });
    expect(server.arrived).toHaveLength(1);
  });

  test.each([
    [replyText(200, '<html>'), ''],
    [reply(200, []), ''],
    [reply(200, { event: {} }), 'event.event_id'],
  ])('%# an answer that breaks the contract is not an answer', async (step, path) => {
    await using server = await startScriptedServer(step);
    await using client = connect(server.url);

    const error = await failureOf(client.getEvent('e'));

    expect(error).toBeInstanceOf(errors.HoneyHiveProtocolError);
    expect(error).toMatchObject({ path });
  });

  test('a call that needs a key rejects without one; a client without one is no error', async () => {
    await using client = new HoneyHive({ baseUrl: nowhere, apiKey: undefined });

    const error = await failureOf(client.getSession('s'));

    expect(error).toBeInstanceOf(errors.HoneyHiveConfigError);
    expect(error).toMatchObject({ code: 'missing_api_key' });
  });

  test('bad options of a call are reported all at once', async () => {
    await using client = connect(nowhere);
    const options = { timeout: 0, timeoutMs: 5, signal: 'stop', headers: { host: 'x' } };

    const error = await failureOf(client.getSession('s', options as never));

    expect(error).toMatchObject({
      problems: [
        'timeoutMs is not an option; did you mean timeout?',
        'signal must be an AbortSignal',
        'timeout must be a number of seconds above 0, at most 86400; got 0',
        'headers has host, which the client sets itself',
      ],
    });
  });

  test('no error and no inspection shows the key', async () => {
    const echo: Step = (response, request, socket) =>
      reply(400, { message: `you sent ${String(request.headers['authorization'])}` })(
        response,
        request,
        socket,
      );
    await using server = await startScriptedServer(echo, reset, replyText(200, 'x'), stall);
    await using client = connect(server.url, { maxRetries: 0, timeout: 0.5 });

    const failures = [];
    for (let round = 0; round < 4; round += 1) failures.push(await failureOf(client.getEvent('e')));

    const shown = [client, ...failures].map((each) =>
      inspect(each, { depth: 20, showHidden: true }),
    );
    expect(failures.every((failure) => failure instanceof errors.HoneyHiveError)).toBe(true);
    expect(shown.join('\n') + JSON.stringify([client, failures])).not.toContain('0123456789');
  });
});

describe('close', () => {
  test('waits for the calls in flight, their further attempts among them, then refuses new ones', async () => {
    await using server = await startScriptedServer(reply(503, {}), reply(200, { session_id: 's' }));
    const client = connect(server.url);
    const underWay = client.getSession('s');

    const closed = client.close();
    const late = await failureOf(client.getSession('s'));
    await closed;

    expect(await underWay).toMatchObject({ session_id: 's' });
    expect(late).toBeInstanceOf(errors.HoneyHiveClosedError);
    await expect.poll(() => server.openConnections()).toBe(0);
    await expect(client.close()).resolves.toBeUndefined();
  });

  test('is what using and await using call', async () => {
    const left: HoneyHive[] = [];
    {
      using first = connect(nowhere);
      await using second = new AsyncHoneyHive({ apiKey: testKey, baseUrl: nowhere });
      left.push(first, second);
    }

    for (const client of left) {
      expect(await failureOf(client.getSession('s'))).toBeInstanceOf(errors.HoneyHiveClosedError);
    }
  });
});

test('AsyncHoneyHive is the same class', () => {
  expect(AsyncHoneyHive).toBe(HoneyHive);
});
