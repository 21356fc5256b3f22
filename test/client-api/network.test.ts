import { createServer } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HoneyHive } from 'honeyhive';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { createAuthority } from '../../packages/client/src/testing/certificates.ts';
import { startForwardProxy } from '../../packages/client/src/testing/forward-proxy.ts';
import { listen } from '../../packages/client/src/testing/listening.ts';
import { apiKey, failureOf, reply, startScriptedServer, stored } from './open-client.ts';

const authority = createAuthority();
const folder = mkdtempSync(join(tmpdir(), 'honeyhive-client-api-'));
const sslCertPath = join(folder, 'authority.pem');
writeFileSync(sslCertPath, authority.cert);
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** A service over TLS, whose authority only `sslCertPath` names. */
const startTlsServer = () =>
  listen(
    createServer(authority.issue('127.0.0.1'), (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(stored));
    }),
  );

test('verifySsl: refuses a certificate that nobody can vouch for, unless it is false', async () => {
  await using server = await startTlsServer();
  const options = { apiKey, baseUrl: `https://127.0.0.1:${server.port}`, maxRetries: 0 };
  await using strict = new HoneyHive({ ...options, verifySsl: true });
  await using lax = new HoneyHive({ ...options, verifySsl: false });

  expect(await failureOf(strict.createSession())).toMatchObject({ code: 'tls_failed' });
  expect(await lax.createSession()).toMatchObject({ session_id: 's' });
});

test('sslCertPath: is a file of certificates that are trusted', async () => {
  await using server = await startTlsServer();
  const baseUrl = `https://127.0.0.1:${server.port}`;
  await using client = new HoneyHive({ apiKey, baseUrl, sslCertPath });

  expect(await client.createSession()).toMatchObject({ session_id: 's' });
});

test('HH_SSL_CERT_PATH: is the same as sslCertPath', async () => {
  vi.stubEnv('HH_SSL_CERT_PATH', sslCertPath);
  await using server = await startTlsServer();
  await using client = new HoneyHive({ apiKey, baseUrl: `https://127.0.0.1:${server.port}` });

  expect(await client.createSession()).toMatchObject({ session_id: 's' });
});

test('proxyUrl: leads every connection through a proxy', async () => {
  await using proxy = await startForwardProxy({ credentials: 'bee:honey' });
  await using server = await startScriptedServer(reply(200, stored));
  const proxyUrl = `http://bee:honey@127.0.0.1:${proxy.port}`;
  await using client = new HoneyHive({ apiKey, baseUrl: server.url, proxyUrl });

  await client.createSession();

  expect(proxy.asked).toHaveLength(1);
  expect(server.arrived).toHaveLength(1);
});

test('HH_PROXY_URL: is the same as proxyUrl', async () => {
  await using proxy = await startForwardProxy();
  vi.stubEnv('HH_PROXY_URL', `http://127.0.0.1:${proxy.port}`);
  await using server = await startScriptedServer(reply(200, stored));
  await using client = new HoneyHive({ apiKey, baseUrl: server.url });

  await client.createSession();

  expect(proxy.asked).toHaveLength(1);
});
