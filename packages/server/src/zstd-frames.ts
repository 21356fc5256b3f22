/** What the head of a frame of Zstandard says. */
export interface ZstdFrame {
  /** What is allocated before anything of it is unpacked; 0 of one that is to be skipped. */
  readonly windowBytes: number;
}

const frameMagic = 0xfd2fb528;
/** The last four bits are anybody's. */
const skippedMagic = 0x184d2a50;

/** Bytes of the field that names a dictionary, by its two bits. */
const dictionaryBytes = [0, 1, 2, 4];
/**
 * Bytes of the field that tells the size of the content, by its two bits; 1 instead of 0 when the frame is one segment.
 */
const contentBytes = [0, 2, 4, 8];

/**
 * The frames of a body, one after the other. Ends where the body is truncated, and does not look into the blocks.
 * Source: RFC 8878 section 3.1.
 *
 * @returns null where no frame begins, and that is the end
 */
export function* findFrames(packed: Buffer): Generator<ZstdFrame | null, void> {
  for (let at = 0; at < packed.length;) {
    const bytes = new PaddedBytes(packed, at);
    const magic = bytes.read(4);
    if (magic >>> 4 === skippedMagic >>> 4) {
      yield { windowBytes: 0 };
      at += 8 + bytes.read(4);
      continue;
    }
    if (magic !== frameMagic) {
      yield null;
      return;
    }
    const descriptor = bytes.read(1);
    yield { windowBytes: readWindow(bytes, descriptor) };
    skipBlocks(bytes);
    at = bytes.at + ((descriptor & 4) === 0 ? 0 : 4);
  }
}

function readWindow(bytes: PaddedBytes, descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const window = isSingleSegment ? 0 : bytes.read(1);
  bytes.read(dictionaryBytes[descriptor & 3] ?? 0);
  const sizeBytes = contentBytes[descriptor >>> 6] ?? 0;
  const content = bytes.read(isSingleSegment ? Math.max(1, sizeBytes) : sizeBytes);
  // A frame of one segment is its own window.
  if (isSingleSegment) return content;
  const base = 2 ** (10 + (window >>> 3));
  return base + (base / 8) * (window & 7);
}

function skipBlocks(bytes: PaddedBytes): void {
  for (let isLast = false; !isLast && !bytes.isOver;) {
    const head = bytes.read(3);
    isLast = (head & 1) === 1;
    const isRepeated = ((head >>> 1) & 3) === 1;
    bytes.at += isRepeated ? 1 : head >>> 3;
  }
}

/** Numbers of a buffer, least byte first; beyond its end there are zeros. */
class PaddedBytes {
  at: number;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  get isOver(): boolean {
    return this.at >= this.#bytes.length;
  }

  read(count: number): number {
    const field = this.#bytes.subarray(this.at, this.at + count);
    this.at += count;
    return field.reduceRight((value, byte) => value * 256 + byte, 0);
  }
}
