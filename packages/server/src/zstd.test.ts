import { Zstd } from '@hpcc-js/wasm-zstd';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createPackZstd, createUnpackZstd, unpackZstd } from './zstd.ts';

const zstd = await Zstd.load();
/** Two megabytes that do not pack to nothing. */
const bytes = Buffer.from(
  Array.from(
    { length: 60_000 },
    (_each, index) => `${(index * 7919).toString(36)} of ${index}; `,
  ).join(''),
);
const packed = Buffer.from(zstd.compress(bytes));
const enough = { maxOutputLength: bytes.length };

test('a body comes out as it went in, up to its limit', async () => {
  expect((await unpackZstd(packed, enough)).equals(bytes)).toBe(true);
  await expect(unpackZstd(packed, { maxOutputLength: bytes.length - 1 })).rejects.toThrow(
    RangeError,
  );
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a magic number alone', packed.subarray(0, 4)],
  ['a head alone', packed.subarray(0, 8)],
  ['half', packed.subarray(0, packed.length / 2)],
  ['all but a byte', packed.subarray(0, -1)],
  ['plain text', bytes.subarray(0, 1000)],
])('%s is not whole', async (_what, part) => {
  const refusal = await unpackZstd(part, enough).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(Error);
  expect(refusal).not.toBeInstanceOf(RangeError);
});

test.each([
  ['a window of two gigabytes', '28b52ffd00a8' + '00'.repeat(16)],
  ['a content of two gigabytes', '28b52ffda00000007f' + '00'.repeat(16)],
])('%s is refused before it is allocated', async (_what, head) => {
  const before = process.memoryUsage().arrayBuffers;

  await expect(unpackZstd(Buffer.from(head, 'hex'), enough)).rejects.toThrow(/window|memory/i);

  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 30);
});

test('a stream is packed and unpacked piece by piece', async () => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 70_000) }, (_each, index) =>
    bytes.subarray(index * 70_000, (index + 1) * 70_000),
  );

  const small = await buffer(Readable.from(pieces).pipe(createPackZstd()));
  const again = await buffer(
    Readable.from([small.subarray(0, 10), small.subarray(10)]).pipe(createUnpackZstd()),
  );

  expect(small.length).toBeLessThan(bytes.length / 2);
  expect(again.equals(bytes)).toBe(true);
});

test('a stream that is cut off ends in an error', async () => {
  const cut = Readable.from([packed.subarray(0, packed.length / 2)]).pipe(createUnpackZstd());

  await expect(buffer(cut)).rejects.toThrow(/EOF|end of file/);
});
