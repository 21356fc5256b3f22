import { PassThrough } from 'node:stream';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { createUnpackZstd, packZstd } from '../zstd.ts';
import { TransferError } from './transfer-error.ts';

/** How a file is packed. What was packed piece by piece is unpacked as one. */
export interface Packing {
  readonly pack: (bytes: Buffer) => Promise<Buffer>;
  readonly unpack: () => Duplex;
}

/**
 * By the end of the file's name. Members of gzip (RFC 1952, 2.2) and frames of Zstandard (RFC 8878, 3) may follow one
 * another.
 */
const packings: Readonly<Record<string, Packing>> = {
  '.jsonl': { pack: (bytes) => Promise.resolve(bytes), unpack: () => new PassThrough() },
  '.jsonl.gz': { pack: promisify(gzip), unpack: createGunzip },
  '.jsonl.zst': { pack: packZstd, unpack: createUnpackZstd },
};

/** @throws {TransferError} the name ends in none of them */
export function packingOf(path: string): Packing {
  const found = Object.entries(packings).find(([ending]) => path.endsWith(ending));
  if (found) return found[1];
  throw new TransferError(
    `${path}: the name has to end in .jsonl, or in .jsonl.zst or .jsonl.gz to compress it`,
  );
}
