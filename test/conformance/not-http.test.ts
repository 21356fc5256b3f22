import { faultOfErrorBody } from 'honeyhive-testkit';
import { connect } from 'node:net';
import { expect, inject, test } from 'vitest';

const { url } = inject('service');
const { hostname, port } = new URL(url);

/** Everything that comes back for these bytes, until the service closes. */
const exchange = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: string[] = [];
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => chunks.push(chunk));
    socket.on('end', () => resolve(chunks.join('')));
    socket.on('error', reject);
  });

test.each([
  ['words that are no HTTP', 'hello\r\n\r\n', 400, 'invalid_request'],
  ['the start of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400, 'invalid_request'],
  ['an unknown method', 'FROB / HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'invalid_request'],
  ['a space in a name', 'GET / HTTP/1.1\r\nhost: a\r\nx y: 1\r\n\r\n', 400, 'invalid_request'],
  ['no host', 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'invalid_request'],
  [
    'two lengths',
    'POST /events HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    400,
    'invalid_request',
  ],
  [
    'headers that are too large',
    `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers_too_large',
  ],
  [
    'a path that is too long',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
    431,
    'headers_too_large',
  ],
])('answers %s in the shape of the contract', async (_what, bytes, status, errorCode) => {
  const [head = '', body = ''] = (await exchange(bytes)).split('\r\n\r\n');

  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} \\w`));
  expect(head.toLowerCase()).toContain('content-type: application/json; charset=utf-8');
  expect(head.toLowerCase()).toMatch(/x-request-id: [\da-f-]{36}/);
  expect(head.toLowerCase()).toContain('cache-control: no-store');
  expect(JSON.parse(body)).toMatchObject({ errorCode });
  expect(faultOfErrorBody(status, JSON.parse(body))).toBeNull();
});
