import * as zlib from 'node:zlib';
import type { Compress, Compressors } from '../body-encoder.ts';

/**
 * Level 6 of gzip costs twice the time of level 1 for a twelfth fewer bytes. One large chunk spares the main thread
 * many small ones.
 */
const chunkSize = 256 * 1024;

/** `ZSTD_c_compressionLevel`, which the types of Node.js 20 do not know. */
const zstdLevel = 100;

type Zip = (
  body: Uint8Array,
  options: object,
  callback: (error: Error | null, zipped: Uint8Array) => void,
) => void;

const promised =
  (zip: Zip, options: object): Compress =>
  (body) =>
    new Promise((resolve, reject) => {
      zip(body, options, (error, zipped) => (error === null ? resolve(zipped) : reject(error)));
    });

const isZip = (value: unknown): value is Zip => typeof value === 'function';

/** On the thread pool of Node.js; zstd is there from version 22.15 on. */
export function findCompressors(): Compressors {
  const zstd: unknown = Reflect.get(zlib, 'zstdCompress');
  return {
    gzip: promised(zlib.gzip, { level: 1, chunkSize }),
    ...(isZip(zstd) ? { zstd: promised(zstd, { chunkSize, params: { [zstdLevel]: 1 } }) } : {}),
  };
}
