import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { splitLines } from './line-reader.ts';
import type { TextLine } from './line-reader.ts';
import { packingOf } from './packing.ts';

/** Bytes that are read at once. */
const readBytes = 256 * 1024;

/**
 * The lines of a file, without their line breaks.
 *
 * @param onBytes called with the bytes of the file read so far
 * @throws {TransferError} naming the line where the file is truncated or damaged
 */
export async function* readLines(
  path: string,
  onBytes: (count: number) => void,
): AsyncGenerator<TextLine> {
  const { unpack } = packingOf(path);
  const file = createReadStream(path, { highWaterMark: readBytes });
  const noteBytes = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let count = 0;
    for await (const chunk of chunks) {
      count += chunk.length;
      onBytes(count);
      yield chunk;
    }
  };
  const source = Readable.from(noteBytes(file), { highWaterMark: 1 });
  const unpacked = unpack();
  // The loop over the lines sees the failure, too, and reports it with the line.
  pipeline(source, unpacked).catch(() => undefined);
  yield* splitLines(unpacked);
}
