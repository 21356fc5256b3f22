import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HoneyHiveConfigError } from './errors/errors.ts';
import { HoneyHive } from './fetch-client.ts';
import { RequestClient } from './request-client.ts';
import { failureOf, nowhere, testKey } from './testing/connect.ts';
import { reply, startScriptedServer } from './testing/scripted-server.ts';

const refusalOf = (options: object): unknown => {
  try {
    return new HoneyHive(options);
  } catch (error) {
    return error;
  }
};

describe('the client on fetch', () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    'proxyUrl',
    'verifySsl',
    'sslCertPath',
    'exitTimeout',
    'handleSignals',
    'spool',
    'connectionTimeout',
    'maxConnections',
    'maxKeepalive',
    'maxKeepaliveConnections',
    'keepaliveExpiry',
  ])('refuses %s, which fetch cannot honour', (name) => {
    const error = refusalOf({ [name]: 1, timeout: -1 });

    expect(error).toBeInstanceOf(HoneyHiveConfigError);
    expect(error).toMatchObject({
      problems: [
        expect.stringMatching(new RegExp(`^${name} has no effect here: `)),
        expect.stringContaining('timeout must be'),
      ],
    });
  });

  test('takes no notice of what it cannot honour in the environment', () => {
    vi.stubEnv('HH_MAX_CONNECTIONS', 'many');

    expect(refusalOf({ baseUrl: nowhere })).toBeInstanceOf(HoneyHive);
  });

  test('does without an environment that it may not read, as in Deno', () => {
    const forbidden = () => {
      throw new Error('Requires env access');
    };
    vi.stubGlobal('process', { env: new Proxy({}, { get: forbidden }) });
    const made = refusalOf({ baseUrl: nowhere });
    vi.unstubAllGlobals();

    expect(made).toBeInstanceOf(HoneyHive);
  });

  test('rejects a fetch that is not a function', () => {
    expect(refusalOf({ fetch: 'fetch' })).toBeInstanceOf(HoneyHiveConfigError);
  });

  test('reads the environment where there is one', async () => {
    await using server = await startScriptedServer(reply(200, { session_id: 's' }));
    vi.stubEnv('HH_API_URL', server.url);
    vi.stubEnv('HH_API_KEY', testKey);
    vi.stubEnv('HH_PROJECT', 'shop');

    await new HoneyHive().createSession();

    expect(server.arrived).toMatchObject([
      {
        url: '/session/start',
        headers: { authorization: `Bearer ${testKey}` },
        json: { session: { project: 'shop' } },
      },
    ]);
  });

  test('sends with the fetch that it is given', async () => {
    const urls: string[] = [];
    const client = new HoneyHive({
      apiKey: testKey,
      baseUrl: 'https://api.example',
      fetch: (url) => {
        urls.push(url);
        return Promise.resolve(Response.json({ event: { event_id: 'e' } }));
      },
    });

    expect(await client.getEvent('e')).toEqual({ event_id: 'e' });
    expect(urls).toEqual(['https://api.example/v1/events/e']);
  });

  test('carries a cookie instead of a key, with the token in all that is not a GET', async () => {
    const sent: RequestInit[] = [];
    const options = {
      apiKey: testKey,
      baseUrl: 'https://api.example',
      csrfToken: () => 'token',
      fetch: (_url: string, init: RequestInit) => {
        sent.push(init);
        return Promise.resolve(Response.json({ success: true, event: { event_id: 'e' } }));
      },
    };

    await new HoneyHive(options).getEvent('e');
    await new RequestClient(options).request('DELETE', '/ui/session');

    expect(sent.map(({ method, credentials }) => [method, credentials])).toEqual([
      ['GET', 'same-origin'],
      ['DELETE', 'same-origin'],
    ]);
    const headers = sent.map((init) => new Headers(init.headers));
    expect(headers.map((names) => names.get('x-csrf-token'))).toEqual([null, 'token']);
    expect(headers.map((names) => names.get('authorization'))).toEqual([null, null]);
    expect(refusalOf({ csrfToken: 'token' })).toBeInstanceOf(HoneyHiveConfigError);
  });

  test('RequestClient sends with the key, and nothing more once it is closed', async () => {
    await using server = await startScriptedServer(reply(200, { status: 'ok' }));
    const client = new RequestClient({ apiKey: testKey, baseUrl: server.url });

    const answer = await client.request('GET', '/health');
    await client.close();

    expect(answer).toMatchObject({ status: 200, data: { status: 'ok' } });
    expect(server.arrived).toMatchObject([{ headers: { authorization: `Bearer ${testKey}` } }]);
    expect(await failureOf(client.request('GET', '/health'))).toMatchObject({ code: 'closed' });
    expect(() => new RequestClient({ testMode: true })).toThrow('testMode is not available');
  });

  test('says that it is closed after close, and never shows the key', async () => {
    const client = new HoneyHive({ apiKey: testKey, baseUrl: nowhere });
    await client.close();

    expect(await failureOf(client.getProject('p'))).toMatchObject({ code: 'closed' });
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(testKey);
    expect(JSON.stringify(client)).not.toContain(testKey);
  });
});
