import { Zstd } from '@hpcc-js/wasm-zstd';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createUnpackZstd, packZstd, unpackZstd as unpackInParts } from './zstd.ts';

const zstd = await Zstd.load();
/** Two megabytes that do not pack to nothing. */
const bytes = Buffer.from(
  Array.from(
    { length: 60_000 },
    (_each, index) => `${(index * 7919).toString(36)} of ${index}; `,
  ).join(''),
);
const packed = Buffer.from(zstd.compress(bytes));

/** All parts as one, up to a limit. */
async function unpackZstd(
  body: Buffer,
  { maxOutputLength }: { readonly maxOutputLength: number },
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  await unpackInParts(
    body,
    (part) => {
      size += part.length;
      if (size > maxOutputLength) throw new RangeError('larger than the limit');
      parts.push(part);
    },
    maxOutputLength,
  );
  return Buffer.concat(parts);
}
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
])('%s is refused before it is allocated, in whichever frame', async (_what, hex) => {
  const head = Buffer.from(hex, 'hex');
  const before = process.memoryUsage().arrayBuffers;

  for (const body of [head, Buffer.concat([packed, head])])
    await expect(unpackZstd(body, enough)).rejects.toThrow(/window/);

  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 30);
});

test.each([1, 2, 3])(
  'a body of %i frames, and some to be skipped, is unpacked whole',
  async (count) => {
    const skipped = Buffer.from('5a2a4d1803000000aabbcc', 'hex');
    const size = Math.ceil(bytes.length / count);
    const pieces = Array.from({ length: count }, (_each, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const frames = await Promise.all(pieces.map(packZstd));

    const body = Buffer.concat(frames.flatMap((frame) => [skipped, frame, skipped]));

    expect((await unpackZstd(body, enough)).equals(bytes)).toBe(true);
    await expect(unpackZstd(Buffer.concat([body, Buffer.from('tail')]), enough)).rejects.toThrow(
      'not a frame',
    );
  },
);

test('a body of very many frames is refused', async () => {
  const frame = Buffer.from('28b52ffd2000010000', 'hex');
  const body = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => frame));

  expect(await unpackZstd(body(10_000), enough)).toHaveLength(0);
  await expect(unpackZstd(body(10_001), enough)).rejects.toThrow('more than 10000 frames');
});

test('frames one after the other are unpacked as one stream, however they arrive', async () => {
  const pieces = [bytes.subarray(0, 700_000), bytes.subarray(700_000)];

  const frames = Buffer.concat(await Promise.all(pieces.map(packZstd)));
  const [head, rest] = [frames.subarray(0, 10), frames.subarray(10)];
  const unpacked = await buffer(Readable.from([head, rest]).pipe(createUnpackZstd()));

  expect(frames.length).toBeLessThan(bytes.length / 2);
  expect(unpacked.equals(bytes)).toBe(true);
});

test('a truncated stream ends in an error', async () => {
  const cut = Readable.from([packed.subarray(0, packed.length / 2)]).pipe(createUnpackZstd());

  await expect(buffer(cut)).rejects.toThrow(/EOF|end of file/);
});
