import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines } from './line-reader.ts';
import type { TextLine } from './line-reader.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

async function read(bytes: Buffer, size = 3): Promise<TextLine[]> {
  const lines: TextLine[] = [];
  for await (const line of splitLines(inPieces(bytes, size))) lines.push(line);
  return lines;
}

test('lines come back whole, however the bytes arrive', async () => {
  const texts = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', '')));
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 20 }), async (lines, size) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));

      expect(await read(bytes, size)).toEqual(
        lines.map((text, index) => ({ number: index + 1, text })),
      );
    }),
  );
});

test('a byte order mark is part of the line', async () => {
  expect(await read(Buffer.from('\uFEFFa\n'))).toEqual([{ number: 1, text: '\uFEFFa' }]);
});

test('a last line without its break is refused', async () => {
  await expect(read(Buffer.from('a\nb\nc'))).rejects.toThrow(
    'line 3: it is truncated: the file is incomplete',
  );
});

test('bytes that are not UTF-8 are refused', async () => {
  await expect(read(Buffer.from([0x61, 0x0a, 0xff, 0x0a]))).rejects.toThrow(
    'line 2: it is damaged: not valid UTF-8',
  );
});
