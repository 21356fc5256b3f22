import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { Problem } from '../../domain/problem.ts';
import { unpackZstd, unpacksNatively } from '../../zstd.ts';
import type { BodyHold } from './body-budget.ts';
import { tooLarge } from './receive-body.ts';

/** Bodies below this are not asked how much they were compressed. */
const denseBytes = 16 * 1024 * 1024;
/** Batches of events with ids come to 400 at most, whatever else they repeat; equal events without ids to 20,000. */
const maxRatio = 1_000;

type Take = (part: Buffer) => void;
type Decode = (body: Buffer, take: Take, maxBytes: number) => Promise<void>;

const byStream =
  (create: (options: { chunkSize: number }) => Transform): Decode =>
  (body, take) =>
    new Promise((resolve, reject) => {
      const stream = create({ chunkSize: body.length > 8_192 ? 65_536 : 16_384 });
      stream.on('data', (part: Buffer) => {
        try {
          take(part);
        } catch (error) {
          stream.destroy();
          reject(error);
        }
      });
      stream.on('end', resolve).on('error', reject);
      stream.end(body);
    });

const inflate = byStream(createInflate);
const inflateRaw = byStream(createInflateRaw);

const decoders: Readonly<Record<string, Decode>> = {
  gzip: byStream(createGunzip),
  'x-gzip': byStream(createGunzip),
  // Some senders mean the zlib format by `deflate`, some the bare one. Source: RFC 9110 section 8.4.1.2.
  deflate: (body, take, maxBytes) =>
    (((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(body, take, maxBytes),
  br: byStream(createBrotliDecompress),
  zstd: unpackZstd,
};

/** Encodings that cost the service little: zstd only where Node.js unpacks it. */
export const cheapEncodings = ['gzip', 'deflate', 'br', ...(unpacksNatively ? ['zstd'] : [])];

/** Bounds of what a body may become. */
export interface Unpacking {
  readonly maxBytes: number;
  readonly hold: BodyHold;
}

/** The body as it was before it was compressed. @param encoding `content-encoding` */
export async function decompress(
  body: Buffer,
  encoding: string | undefined,
  { maxBytes, hold }: Unpacking,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '') return body;
  const decode = decoderOf(name);
  const parts: Buffer[] = [];
  let size = 0;
  try {
    await decode(
      body,
      (part) => {
        size += part.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        if (size > denseBytes && size > body.length * maxRatio) throw tooDense();
        hold.grow(part.length);
        parts.push(part);
      },
      maxBytes,
    );
  } catch (error) {
    throw error instanceof Problem ? error : toProblem(error, name, maxBytes);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

function decoderOf(name: string): Decode {
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode) return decode;
  const issue = {
    field: 'content-encoding',
    message: `expected identity, ${Object.keys(decoders).join(', ')}`,
  };
  throw new Problem(
    'unsupported_media_type',
    `content-encoding: ${issue.message}; got ${name.slice(0, 100)}.`,
    { issues: [issue] },
  );
}

function tooDense(): Problem {
  const message = `above ${denseBytes} bytes at most ${maxRatio} times as large as when compressed`;
  return new Problem('too_large', `body: ${message}. Send it in several requests.`, {
    issues: [{ field: 'body', message }],
  });
}

/** What the decoders themselves throw. */
function toProblem(cause: unknown, encoding: string, maxBytes: number): Problem {
  if (cause instanceof RangeError) return tooLarge(maxBytes);
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `is not whole ${encoding} data: ${reason}`;
  return new Problem('invalid_encoding', `body: ${message}.`, {
    issues: [{ field: 'body', message }],
    cause,
  });
}
