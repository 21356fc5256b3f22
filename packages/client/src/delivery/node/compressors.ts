import * as zlib from 'node:zlib';
import type { Compress, Compressors } from '../body-encoder.ts';

/** Level 6 of gzip costs twice the time of level 1 for a twelfth fewer bytes. */
const gzipLevel = 1;

/** `ZSTD_c_compressionLevel`, which the types of Node.js 20 do not know. */
const zstdLevel = 100;

/**
 * Bytes of output at a time. One piece, which spares the main thread many small ones; no larger than needed, since new
 * memory costs as much as compressing a small body.
 */
const chunkSizeOf = (body: Uint8Array): number =>
  Math.min(Math.max(Math.ceil(body.length / 4), 4 * 1024), 256 * 1024);

type Zip = (
  body: Uint8Array,
  options: object,
  callback: (error: Error | null, zipped: Uint8Array) => void,
) => void;

const promised =
  (zip: Zip, optionsOf: (body: Uint8Array) => object): Compress =>
  (body) =>
    new Promise((resolve, reject) => {
      const options = { chunkSize: chunkSizeOf(body), ...optionsOf(body) };
      zip(body, options, (error, zipped) => (error === null ? resolve(zipped) : reject(error)));
    });

const isZip = (value: unknown): value is Zip => typeof value === 'function';

/** On the thread pool of Node.js; zstd is there from version 22.15 on. */
export function findCompressors(): Compressors {
  const zstd: unknown = Reflect.get(zlib, 'zstdCompress');
  const gzip = promised(zlib.gzip, () => ({ level: gzipLevel }));
  if (!isZip(zstd)) return { gzip };
  const params = { [zstdLevel]: 1 };
  // With the size known, its tables are as small as the body.
  return { gzip, zstd: promised(zstd, ({ length }) => ({ params, pledgedSrcSize: length })) };
}
