import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, open, rename } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { createPackZstd, createUnpackZstd } from '../zstd.ts';
import { splitLines } from './line-reader.ts';
import type { TextLine } from './line-reader.ts';
import { TransferError } from './transfer-error.ts';

/** Lines are handed on in pieces of about this many characters. */
const pieceChars = 256 * 1024;

/** How files are packed, by the end of their names. */
const packings = {
  '.jsonl': { pack: () => new PassThrough(), unpack: () => new PassThrough() },
  '.jsonl.gz': { pack: () => createGzip(), unpack: () => createGunzip() },
  '.jsonl.zst': { pack: createPackZstd, unpack: createUnpackZstd },
} as const satisfies Readonly<Record<string, { pack: () => Duplex; unpack: () => Duplex }>>;

/** @throws {TransferError} the name ends in none of them */
function packingOf(path: string): { readonly pack: () => Duplex; readonly unpack: () => Duplex } {
  const found = Object.entries(packings).find(([ending]) => path.endsWith(ending));
  if (found) return found[1];
  throw new TransferError(
    `${path}: the name has to end in .jsonl, or in .jsonl.zst or .jsonl.gz to compress it`,
  );
}

/** Where an export grows until it is whole. */
export const partialPath = (path: string): string => `${path}.partial`;

/**
 * Writes a file that appears under its name only when it is whole and on the disk. What an earlier attempt left
 * behind is written over.
 *
 * @throws {TransferError} the file exists, or its name is of another kind
 */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const { pack } = packingOf(path);
  if (await exists(path)) throw new TransferError(`${path} exists already: choose another name`);
  const partial = partialPath(path);
  const source = Readable.from(toPieces(lines), { highWaterMark: 1 });
  const target = createWriteStream(partial, { mode: 0o600 });
  await pipeline(source, pack(), target);
  const file = await open(partial, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

const exists = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );

async function* toPieces(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length < pieceChars) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/**
 * The lines of a file, without their line breaks.
 *
 * @param onBytes told how many bytes of the file were read so far
 * @throws {TransferError} naming the line where the file is cut off or damaged
 */
export async function* readLines(
  path: string,
  onBytes: (count: number) => void,
): AsyncGenerator<TextLine> {
  const { unpack } = packingOf(path);
  const file = createReadStream(path, { highWaterMark: pieceChars });
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
