import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Reply } from '../calls/reply.ts';
import { chooseEncoding, encodeReply, toFinished } from './finish-reply.ts';

test.each([
  ['', null],
  ['identity', null],
  ['gzip, deflate', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=1.0', 'gzip'],
  ['br; q=0.0', null],
  ['*', null],
])('of %j takes %j', (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});

const finish = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  toFinished(new Reply(body, headers), 200);

test('compresses JSON of 4 KiB and more, as the caller takes it', async () => {
  const large = finish({ text: 'x'.repeat(5_000) });
  const text = JSON.stringify(large.body);

  const br = await encodeReply(large, 'br');
  const packed = await encodeReply(large, 'gzip');
  const plain = await encodeReply(large, undefined);

  expect(brotliDecompressSync(br.body as Buffer).toString()).toBe(text);
  expect(gunzipSync(packed.body as Buffer).toString()).toBe(text);
  expect(plain.body).toBe(text);
  expect(
    [br, packed, plain].map(({ headers }) => [headers['content-encoding'], headers['vary']]),
  ).toEqual([
    ['br', 'accept-encoding'],
    ['gzip', 'accept-encoding'],
    [undefined, 'accept-encoding'],
  ]);
});

test.each(['br', 'gzip'])('a large page by %s is the same page', async (encoding) => {
  const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, text: `row ${id * 7919}` }));

  const { body } = await encodeReply(finish(rows), encoding);

  const unpack = encoding === 'br' ? brotliDecompressSync : gunzipSync;
  expect(JSON.parse(unpack(body as Buffer).toString())).toEqual(rows);
});

test.each([
  ['small JSON', finish({ a: 1 }), JSON.stringify({ a: 1 })],
  [
    'what must not be stored',
    finish({ text: 'x'.repeat(5_000) }, { 'cache-control': 'no-store' }),
    JSON.stringify({ text: 'x'.repeat(5_000) }),
  ],
  ['bytes', finish(Buffer.alloc(5_000)), Buffer.alloc(5_000)],
  ['nothing', finish(null), null],
])('leaves %s as it is', async (_name, reply, body) => {
  const sent = await encodeReply(reply, 'br');

  expect(sent.body).toEqual(body);
  expect(sent.headers).not.toHaveProperty('content-encoding');
  expect(sent.headers).not.toHaveProperty('vary');
});

test('a stream goes out as it comes', async () => {
  const stream = Readable.from(['x'.repeat(5_000)]);

  const sent = await encodeReply(finish(stream, { 'content-type': 'text/event-stream' }), 'br');

  expect(sent.body).toBe(stream);
  expect(sent.headers).toEqual({ 'content-type': 'text/event-stream' });
});
