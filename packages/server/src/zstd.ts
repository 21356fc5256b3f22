import { Zstd } from '@hpcc-js/wasm-zstd';
import { Decompress } from 'fzstd';
import { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { systemClock } from './clock.ts';
import { findFrames } from './zstd-frames.ts';

/** Data that is not whole Zstandard. */
export class ZstdError extends Error {
  override readonly name = 'ZstdError';
  readonly code = 'ZSTD_damaged';
}

/** What Node.js has from 22.15 on; undefined before, and in its types for older versions. */
const native = zlib as unknown as {
  readonly zstdCompress?: (
    bytes: Buffer,
    done: (error: Error | null, packed: Buffer) => void,
  ) => void;
  readonly createZstdDecompress?: () => Duplex;
};

/** Whether one frame is unpacked by Node.js, off the main thread. */
export const unpacksNatively = native.createZstdDecompress !== undefined;

/** So much of the packed bytes, or of the unpacked, keeps one turn of the event loop at a few milliseconds. */
const turnBytes = { packed: 16 * 1024, unpacked: 1024 * 1024 };
/** A block of 4 bytes may unpack to 128 KiB: 64 come to 2 MiB at most. */
const pushBytes = 64;

/**
 * Unpacks a Zstandard body: one frame by Node.js, from 22.15 on; else in turns of the event loop. Node.js takes the
 * first of several frames for all there is, and drops the rest without a word (22.20).
 *
 * @param take gets the parts in their order; what it throws ends the unpacking
 * @param maxBytes the most that `take` lets through
 * @throws {RangeError} a frame wants more memory than that
 * @throws {ZstdError} it is not whole
 */
export async function unpackZstd(
  packed: Buffer,
  take: (part: Buffer) => void,
  maxBytes: number,
): Promise<void> {
  const frames = requireWindows(packed, maxBytes);
  if (frames === 1 && native.createZstdDecompress) {
    return unpackFrame(packed, take, native.createZstdDecompress());
  }
  let unpacked = 0;
  const push = createPush((part) => {
    unpacked += part.length;
    try {
      take(part);
    } catch (cause) {
      throw new Refused(cause);
    }
  });
  let turnStart = 0;
  for (let start = 0; start < packed.length; start += pushBytes) {
    const end = start + pushBytes;
    push(packed.subarray(start, end), end >= packed.length);
    if (end - turnStart < turnBytes.packed && unpacked < turnBytes.unpacked) continue;
    turnStart = end;
    unpacked = 0;
    await systemClock.nextTurn();
  }
}

async function unpackFrame(
  packed: Buffer,
  take: (part: Buffer) => void,
  stream: Duplex,
): Promise<void> {
  stream.end(packed);
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      try {
        take(part);
      } catch (cause) {
        throw new Refused(cause);
      }
    }
  } catch (cause) {
    if (cause instanceof Refused) throw cause.reason;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ZstdError(reason, { cause });
  }
}

/** Unpacks what is written to it; ends with an error when that was not whole. */
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

const packNatively = native.zstdCompress ? promisify(native.zstdCompress) : null;

/** Packs bytes into a frame. Frames one after the other are unpacked as one. */
export const packZstd = async (bytes: Buffer): Promise<Buffer> =>
  packNatively ? packNatively(bytes) : Buffer.from((await Zstd.load()).compress(bytes));

/** Error of the consumer of the parts. */
class Refused extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('refused', { cause: reason });
    this.reason = reason;
  }
}

function createPush(onPart: (part: Buffer) => void): (chunk: Buffer, isLast: boolean) => void {
  const unpacking = new Decompress((part) =>
    onPart(Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  );
  return (chunk, isLast) => {
    try {
      unpacking.push(chunk, isLast);
    } catch (cause) {
      if (cause instanceof Refused) throw cause.reason;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ZstdError(reason, { cause });
    }
  };
}

/** Of two million small ones, the heads alone take two seconds. */
const maxFrames = 10_000;

/** What senders over HTTP keep their windows to, by RFC 9659. */
const commonWindowBytes = 8 * 1024 ** 2;

/** Many frames may not have far more allocated for them than they hold. */
const maxAllWindowsBytes = 1024 ** 3;

/**
 * What the head of a frame asks for is allocated before anything is unpacked, of the last frame as of the first.
 *
 * @returns the number of frames
 */
function requireWindows(packed: Buffer, maxBytes: number): number {
  let count = 0;
  let bytes = 0;
  for (const frame of findFrames(packed)) {
    count += 1;
    if (count > maxFrames) throw new ZstdError(`more than ${maxFrames} frames`);
    if (frame === null) throw new ZstdError('not a frame of Zstandard');
    if (frame.windowBytes > Math.max(maxBytes, commonWindowBytes))
      throw new RangeError(`a window of ${frame.windowBytes} bytes`);
    bytes += frame.windowBytes;
    if (bytes > maxAllWindowsBytes) throw new RangeError(`windows of ${bytes} bytes in all`);
  }
  if (count === 0) throw new ZstdError('no frame of Zstandard');
  return count;
}
