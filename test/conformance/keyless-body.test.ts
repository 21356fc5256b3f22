import { call, startService } from 'honeyhive-testkit';
import { operationList } from 'honeyhive-wire';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { afterAll, describe, expect, test } from 'vitest';

const zstd = await Zstd.load();
const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
afterAll(() => service.stop());

const keyless = operationList
  .filter(({ access, body }) => access === 'public' && body !== undefined)
  .map(({ method, paths }) => `${method} ${paths[0]}`);

/** The head of the answer to a request whose body never comes. */
function answerBeforeBody(route: string, headers: Readonly<Record<string, string>>) {
  const { hostname, port, host } = new URL(service.url);
  const lines = Object.entries({
    host,
    'content-type': 'application/json',
    'content-length': '100',
    ...headers,
  });
  const socket = connect(Number(port), hostname);
  return new Promise<string>((resolve, reject) => {
    socket.on('error', reject).once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.write(
      `${route} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
  });
}

test('there are operations that take a body without a key', () => {
  expect(keyless).toContain('POST /ui/session');
});

describe.each(keyless)('%s', (route) => {
  test('refuses more than a few KB, without reading the rest', async () => {
    const head = await answerBeforeBody(route, { 'content-length': '5000' });
    const answer = await call(service, route, { raw: `{"api_key":"${'x'.repeat(5000)}"}` });

    expect(head).toContain(' 413 ');
    expect(answer).toMatchObject({ status: 413, body: { errorCode: 'too_large' } });
    expect(answer.text).toContain('4096');
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', (text: string) => zstd.compress(Buffer.from(text))],
  ])('refuses what is larger than that once unpacked from %s', async (encoding, pack) => {
    const raw = Buffer.from(pack(`{"api_key":[${'{},'.repeat(1_000_000)}{}]}`));

    const answer = await call(service, route, {
      raw: raw.subarray(0, 4096),
      headers: { 'content-encoding': encoding },
    });

    expect(answer).toMatchObject({ status: 413, body: { errorCode: 'too_large' } });
  });

  test('asks from which page a request comes before it reads the body', async () => {
    const head = await answerBeforeBody(route, { 'sec-fetch-site': 'cross-site' });

    expect(head).toContain(' 403 ');
  });
});
