import { Zstd } from '@hpcc-js/wasm-zstd';
import { Decompress } from 'fzstd';
import { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { systemClock } from './clock.ts';

/** Data that is not whole Zstandard. */
export class ZstdError extends Error {
  override readonly name = 'ZstdError';
  readonly code = 'ZSTD_damaged';
}

type Unpack = (packed: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;
type UnpackNow = (
  packed: Buffer,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, bytes: Buffer) => void,
) => void;

/** What Node.js has from 22.15 on; undefined before, and in its types for older versions. */
const native = zlib as unknown as {
  readonly zstdDecompress?: UnpackNow;
  readonly zstdCompress?: (
    bytes: Buffer,
    done: (error: Error | null, packed: Buffer) => void,
  ) => void;
};

/** So much at a time keeps one turn of the event loop at about a millisecond for text. */
const turnBytes = 16 * 1024;

/**
 * Unpacks a Zstandard body, in turns of the event loop.
 *
 * @throws {RangeError} it is larger than `maxOutputLength`
 * @throws {ZstdError} (or an error of zlib) it is not whole
 */
export const unpackZstd: Unpack = native.zstdDecompress
  ? promisify(native.zstdDecompress)
  : async (packed, { maxOutputLength }) => {
      const parts: Buffer[] = [];
      let size = 0;
      requireWindow(packed, maxOutputLength);
      const push = createPush((part) => {
        size += part.length;
        if (size > maxOutputLength) throw new RangeError(`larger than ${maxOutputLength} bytes`);
        parts.push(part);
      });
      for (let start = 0; start < packed.length; start += turnBytes) {
        const end = start + turnBytes;
        push(packed.subarray(start, end), end >= packed.length);
        await systemClock.nextTurn();
      }
      return Buffer.concat(parts);
    };

/**
 * Unpacks what is written to it; ends with an error when that was not whole. Not by Node.js, which has its own from
 * 22.15 on: that one takes the first of several frames for all there is, and drops the rest without a word (22.20).
 */
export const createUnpackZstd = (): Duplex =>
  Duplex.from(async function* (chunks: AsyncIterable<Buffer>) {
    const parts: Buffer[] = [];
    const push = createPush((part) => parts.push(part));
    for await (const chunk of chunks) {
      push(chunk, false);
      yield* parts.splice(0);
    }
    push(Buffer.alloc(0), true);
    yield* parts.splice(0);
  });

/** Packs bytes into a frame. Frames one after the other are unpacked as one. */
export const packZstd: (bytes: Buffer) => Promise<Buffer> = native.zstdCompress
  ? promisify(native.zstdCompress)
  : async (bytes) => Buffer.from((await Zstd.load()).compress(bytes));

function createPush(onPart: (part: Buffer) => void): (chunk: Buffer, isLast: boolean) => void {
  const unpacking = new Decompress((part) =>
    onPart(Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  );
  return (chunk, isLast) => {
    try {
      unpacking.push(chunk, isLast);
    } catch (cause) {
      if (cause instanceof RangeError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ZstdError(reason, { cause });
    }
  };
}

const frameMagic = 0xfd2fb528;
/** Bytes of the field that names a dictionary, by its two bits. */
const dictionaryBytes = [0, 1, 2, 4];

/** The longest head: magic, descriptor, window, dictionary, size of the content. */
const headBytes = 18;

/**
 * What the head of a frame asks for is allocated before anything is unpacked.
 * Source: RFC 8878 section 3.1.1.1; senders over HTTP keep their windows to 8 MiB by RFC 9659.
 */
function requireWindow(packed: Buffer, maxBytes: number): void {
  const head = Buffer.alloc(headBytes);
  packed.copy(head, 0, 0, headBytes);
  if (head.readUInt32LE(0) !== frameMagic) throw new ZstdError('no frame of Zstandard');
  const window = readWindow(head);
  if (window > Math.max(maxBytes, 8 * 1024 ** 2))
    throw new RangeError(`a window of ${window} bytes`);
}

function readWindow(head: Buffer): number {
  const descriptor = head.readUInt8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if (!isSingleSegment) {
    const exponent = head.readUInt8(5);
    const base = 2 ** (10 + (exponent >>> 3));
    return base + (base / 8) * (exponent & 7);
  }
  // A frame of one segment is its own window.
  const at = 5 + (dictionaryBytes[descriptor & 3] ?? 0);
  const sizeBytes = [1, 2, 4, 6][descriptor >>> 6] ?? 1;
  return head.readUIntLE(at, sizeBytes);
}
