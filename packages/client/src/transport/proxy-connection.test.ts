import { createServer as createTlsServer } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { HoneyHiveConfigError } from '../errors/errors.ts';
import { createAuthority } from '../testing/certificates.ts';
import { connect, failureOf } from '../testing/connect.ts';
import { startForwardProxy } from '../testing/forward-proxy.ts';
import { listen } from '../testing/listening.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';
import { startSocksProxy } from '../testing/socks-proxy.ts';

const authority = createAuthority();
const folder = mkdtempSync(join(tmpdir(), 'honeyhive-tls-'));
const sslCertPath = join(folder, 'authority.pem');
writeFileSync(sslCertPath, authority.cert);
afterAll(() => rmSync(folder, { recursive: true }));

/** A service over TLS, with the certificate of a host. */
const startTlsServer = (host: string, daysLeft?: number) =>
  listen(
    createTlsServer(authority.issue(host, daysLeft), (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ path: request.url }));
    }),
  );

const once = { maxRetries: 0, sslCertPath };

describe('TLS', () => {
  test('trusts a private authority that sslCertPath names', async () => {
    await using server = await startTlsServer('127.0.0.1');
    await using client = connect(`https://127.0.0.1:${server.port}`, once);

    expect((await client.request('GET', '/a')).status).toBe(200);
  });

  test.each([
    ['an authority that it does not know', '127.0.0.1', 1, { sslCertPath: undefined }],
    ['an expired certificate', '127.0.0.1', -1, {}],
    ['the certificate of another host', 'other.example', 1, {}],
  ])('refuses %s, and does not try again', async (_what, host, daysLeft, options) => {
    await using server = await startTlsServer(host, daysLeft);
    const url = `https://127.0.0.1:${server.port}`;
    await using client = connect(url, { sslCertPath, maxRetries: 5, ...options });

    const failure = await failureOf(client.request('GET', '/a'));

    expect(failure).toMatchObject({ code: 'tls_failed', retryable: false, mayHaveArrived: false });
  });

  test('asks nothing of certificates with verifySsl false', async () => {
    await using server = await startTlsServer('other.example', -1);
    await using client = connect(`https://127.0.0.1:${server.port}`, { verifySsl: false });

    expect((await client.request('GET', '/a')).status).toBe(200);
  });

  test('reads sslCertPath when the client is made', () => {
    const broken = join(folder, 'broken.pem');
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const empty = join(folder, 'empty.pem');
    writeFileSync(empty, '');

    for (const path of [join(folder, 'none.pem'), folder, broken, empty]) {
      expect(() => connect('https://a.example', { sslCertPath: path })).toThrow(
        /sslCertPath must name a file of certificates in PEM form; /,
      );
    }
  });
});

describe('proxyUrl', () => {
  test.each(['http', 'https'] as const)(
    'tunnels to a service over TLS through an %s proxy that asks for a password',
    async (kind) => {
      const credentials = 'us@er:pa:ss/word';
      const tls = kind === 'https' ? { tls: authority.issue('127.0.0.1') } : {};
      await using server = await startTlsServer('service.test');
      await using proxy = await startForwardProxy({ credentials, ...tls });
      const proxyUrl = `${kind}://us%40er:pa%3Ass%2Fword@127.0.0.1:${proxy.port}`;
      const url = `https://service.test:${server.port}`;
      await using client = connect(`${url}/base`, { ...once, proxyUrl });

      const first = await client.request('GET', '/a?b=c');
      const second = await client.request('GET', '/d');

      expect(first.data).toEqual({ path: '/base/a?b=c' });
      expect(second.data).toEqual({ path: '/base/d' });
      for (let call = 0; call < 8; call += 1) await client.request('GET', '/e');
      // Connections are kept: undici opens a second one when it is asked before the first is quite done.
      expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT service.test:${server.port}`]));
      expect(proxy.asked.length).toBeLessThanOrEqual(2);
    },
  );

  test('lets an http proxy forward to a service without TLS', async () => {
    await using server = await startScriptedServer(reply(200, { ok: true }));
    await using proxy = await startForwardProxy({ credentials: 'user:secret' });
    const proxyUrl = `user:secret@127.0.0.1:${proxy.port}`;
    const { port } = new URL(server.url);
    await using client = connect(`http://service.test:${port}`, { ...once, proxyUrl });

    const { data } = await client.request('POST', '/a?b=c', { json: { d: 1 } });

    expect(data).toEqual({ ok: true });
    expect(proxy.asked).toEqual([`POST http://service.test:${port}/a?b=c`]);
    expect(server.arrived[0]).toMatchObject({ url: '/a?b=c', json: { d: 1 } });
    expect(server.arrived[0]?.headers).toMatchObject({ host: `service.test:${port}` });
    expect(server.arrived[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  test.each([
    ['service.test', 'name service.test', undefined],
    ['127.0.0.1', 'ipv4 127.0.0.1', undefined],
    ['[::ffff:1]', 'ipv6 000000000000000000000000ffff0001', undefined],
    ['service.test', 'name service.test', 'user:pässword'],
  ])('reaches %s through a SOCKS5 proxy as %s', async (host, asked, credentials) => {
    await using server = await startScriptedServer(reply(200, { ok: true }));
    await using proxy = await startSocksProxy(credentials === undefined ? {} : { credentials });
    const { port } = new URL(server.url);
    const user = credentials === undefined ? '' : `${encodeURI(credentials)}@`;
    const proxyUrl = `socks5://${user}127.0.0.1:${proxy.port}`;
    await using client = connect(`http://${host}:${port}`, { ...once, proxyUrl });

    expect((await client.request('GET', '/a')).data).toEqual({ ok: true });
    expect(proxy.asked).toEqual([`${asked}:${port}`]);
  });

  test('speaks TLS with the service through a SOCKS5 proxy', async () => {
    await using server = await startTlsServer('service.test');
    await using proxy = await startSocksProxy();
    const proxyUrl = `socks5://127.0.0.1:${proxy.port}`;
    const url = `https://service.test:${server.port}`;
    await using client = connect(url, { ...once, proxyUrl });

    expect((await client.request('GET', '/a')).status).toBe(200);
  });

  test.each([
    ['http', 'proxy_authentication', { credentials: 'user:other' }],
    ['http', 'proxy_refused', { refusal: 503 }],
    ['http', 'timeout_connect', { isSilent: true }],
    ['socks5', 'proxy_authentication', { credentials: 'user:other' }],
    ['socks5', 'proxy_refused', { reply: 2 }],
  ] as const)('says of an %s proxy: %s', async (kind, code, behaviour) => {
    const secret = 'secret-word';
    await using proxy =
      kind === 'http' ? await startForwardProxy(behaviour) : await startSocksProxy(behaviour);
    const proxyUrl = `${kind}://user:${secret}@127.0.0.1:${proxy.port}`;
    const options = { maxRetries: 0, connectionTimeout: 0.2, proxyUrl };
    await using client = connect('https://service.test:1', options);

    const failure = await failureOf(client.request('GET', '/a'));

    expect(failure).toMatchObject({ code, mayHaveArrived: false });
    expect(String(failure)).toContain(`through ${kind}://127.0.0.1:${proxy.port}`);
    expect(inspect(failure) + JSON.stringify(failure)).not.toContain(secret);
  });

  test('says that the proxy cannot be reached', async () => {
    for (const url of ['https://service.test', 'http://service.test']) {
      await using client = connect(url, { maxRetries: 0, proxyUrl: 'http://127.0.0.1:9' });
      const failure = await failureOf(client.request('GET', '/a'));
      expect(failure).toMatchObject({ mayHaveArrived: false });
      expect(String(failure)).toContain('through http://127.0.0.1:9');
    }
  });

  test('answers 407 of a proxy that forwards as an error that says what to do', async () => {
    await using proxy = await startForwardProxy({ credentials: 'user:secret' });
    const proxyUrl = `http://user:wrong@127.0.0.1:${proxy.port}`;
    await using client = connect('http://service.test', { maxRetries: 0, proxyUrl });

    const failure = await failureOf(client.request('GET', '/a'));

    expect(failure).toMatchObject({ statusCode: 407 });
    expect(String(failure)).toContain('check the user and password in proxyUrl');
  });

  test('gives up when the caller does, also while the proxy is silent', async () => {
    await using proxy = await startForwardProxy({ isSilent: true });
    const proxyUrl = `http://127.0.0.1:${proxy.port}`;
    const options = { ...once, proxyUrl, connectionTimeout: 0.5 };
    await using client = connect('https://service.test', options);

    const failure = await failureOf(client.request('GET', '/a', { timeout: 0.1 }));

    expect(failure).toMatchObject({ code: 'timeout_total' });
  });

  test.each(['ftp://proxy.example', '', 'http://'])('refuses %j', (proxyUrl) => {
    expect(() => connect('https://a.example', { proxyUrl })).toThrow(HoneyHiveConfigError);
  });

  test('comes from HH_PROXY_URL, else from HTTP_PROXY unless NO_PROXY names the host', async () => {
    await using server = await startScriptedServer(reply(200, {}));
    await using proxy = await startForwardProxy();
    const url = `http://127.0.0.1:${proxy.port}`;
    const service = `http://service.test:${new URL(server.url).port}`;
    const call = async (environment: Record<string, string>) => {
      const before = { ...process.env };
      Object.assign(process.env, environment);
      try {
        await using client = connect(service, once);
        return await client.request('GET', '/a').then(
          () => true,
          () => false,
        );
      } finally {
        for (const name of Object.keys(environment)) delete process.env[name];
        Object.assign(process.env, before);
      }
    };

    expect(await call({ HH_PROXY_URL: url, NO_PROXY: '*' })).toBe(true);
    expect(await call({ HTTP_PROXY: url })).toBe(true);
    // Without the proxy, nobody knows the name.
    expect(await call({ HTTP_PROXY: url, NO_PROXY: '.test' })).toBe(false);
    expect(proxy.asked).toHaveLength(2);
    await expect(call({ HTTP_PROXY: 'ftp://nowhere' })).rejects.toBeInstanceOf(
      HoneyHiveConfigError,
    );
  });
});
