import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Reply } from '../handlers/reply.ts';
import { chooseEncoding, compress, toFinished } from './finish-reply.ts';

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

test('compresses large JSON alone', async () => {
  const large = toFinished({ text: 'x'.repeat(5_000) });

  const br = await compress(large, 'br');
  const packed = await compress(large, 'gzip');
  const plain = await compress(large, undefined);
  const small = await compress(toFinished({ a: 1 }), 'br');
  const bytes = await compress(toFinished(new Reply(Buffer.alloc(5_000), {})), 'br');

  const text = JSON.stringify(large.body);
  expect(brotliDecompressSync(br.body as Buffer).toString()).toBe(text);
  expect(gunzipSync(packed.body as Buffer).toString()).toBe(text);
  expect([br, packed, plain, small].map(({ headers }) => headers['content-encoding'])).toEqual([
    'br',
    'gzip',
    undefined,
    undefined,
  ]);
  expect(String(plain.body)).toBe(text);
  expect(bytes).toMatchObject({ status: 200, headers: {} });
});
