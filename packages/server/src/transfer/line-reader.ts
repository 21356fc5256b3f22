import { TransferError } from './transfer-error.ts';

/** A line and where it is. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** No event comes near it; a file of something else may. */
const maxLineBytes = 512 * 1024 * 1024;
const lineBreak = 0x0a;

/**
 * The lines of a text in UTF-8, of which only one is held at a time.
 *
 * @throws {TransferError} a line is too long or not UTF-8, the last one has no line break, or the bytes end in a
 * failure
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  let number = 1;
  let open: Buffer[] = [];
  let openBytes = 0;
  for await (const chunk of refuseDamage(chunks, () => number)) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(lineBreak, start);
      if (end === -1) break;
      yield { number, text: decode([...open, chunk.subarray(start, end)], number) };
      number += 1;
      start = end + 1;
      open = [];
      openBytes = 0;
    }
    if (start === chunk.length) continue;
    open.push(chunk.subarray(start));
    openBytes += chunk.length - start;
    if (openBytes > maxLineBytes) throw new TransferError('it is too long for a record', number);
  }
  if (openBytes > 0) throw new TransferError('it is truncated: the file is incomplete', number);
}

/** What the disk or the decompression says, with the line that was reached. */
async function* refuseDamage(
  chunks: AsyncIterable<Buffer>,
  lineNumber: () => number,
): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || !isDamage(String(cause.code)))
      throw cause;
    throw new TransferError(`the compressed data is damaged: ${cause.message}`, lineNumber(), {
      cause,
    });
  }
}

/** Codes of zlib: `Z_DATA_ERROR`, `Z_BUF_ERROR` for a file that ends too early; `ZSTD_…` of Zstandard. */
const isDamage = (code: string): boolean => /^(Z|ZSTD)_/.test(code);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(parts: readonly Buffer[], number: number): string {
  const [first] = parts;
  const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new TransferError('it is damaged: not valid UTF-8', number, { cause });
  }
}
