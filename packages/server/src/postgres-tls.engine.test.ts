import { execFile } from 'node:child_process';
import { createPostgresDatabase, queryPostgres, startPostgres } from 'honeyhive-testkit';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { openMetadataStore } from './open-metadata.ts';

const folder = await mkdtemp(join(tmpdir(), 'honeyhive-tls-'));
const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
await promisify(execFile)('openssl', [
  ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
  ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', keyFile, '-out', certFile],
]);
const postgres = await startPostgres({
  tls: { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') },
});
const url = await createPostgresDatabase(postgres.url);
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @returns whether the connections of a store that was opened so were encrypted; or why it was not opened */
async function openWith(host: string, parameters: string): Promise<boolean | string> {
  const place = new URL(`${url}?${parameters}`);
  place.hostname = host;
  const options = { url: place.href, maxConnections: 1, onWait: () => undefined };
  try {
    const store = await openMetadataStore('unused', { postgres: options });
    const [row] = await queryPostgres(
      url,
      `SELECT bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'honeyhive'`,
    );
    await store.close();
    return row?.['ssl'] === true;
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error
      ? error.cause.message
      : 'no cause';
  }
}

test.each([
  ['localhost', '', false],
  ['localhost', 'sslmode=disable', false],
  ['localhost', 'sslmode=require', true],
  ['localhost', `sslmode=verify-full&sslrootcert=${certFile}`, true],
  ['127.0.0.1', `sslmode=verify-ca&sslrootcert=${certFile}`, true],
])('%s?%s connects; encrypted: %s', async (host, parameters, isEncrypted) => {
  expect(await openWith(host, parameters)).toBe(isEncrypted);
});

test.each([
  ['localhost', 'sslmode=verify-full', 'self-signed certificate'],
  ['localhost', 'sslmode=verify-full&sslrootcert=/absent.pem', 'no such file'],
  ['127.0.0.1', `sslmode=verify-full&sslrootcert=${certFile}`, 'IP: 127.0.0.1 is not in the cert'],
])('%s?%s is refused', async (host, parameters, reason) => {
  expect(await openWith(host, parameters)).toContain(reason);
});
