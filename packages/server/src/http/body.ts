import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { Problem } from '../domain/problem.ts';
import { systemClock } from '../clock.ts';
import { turnBytes } from '../map-in-turns.ts';
import { unpackZstd } from '../zstd.ts';
import { requireKeepable } from './keepable.ts';

/** A request body, parsed. */
export interface ParsedBody {
  readonly value: unknown;
  /** Size after decompression. */
  readonly bytes: number;
}

/** Makes a value of the bytes of a body. */
export type Parse = (bytes: Buffer) => Promise<unknown>;

interface ZlibOptions {
  readonly maxOutputLength: number;
}
type Decode = (buffer: Buffer, options: ZlibOptions) => Promise<Buffer>;

const gunzipAsync: Decode = promisify<Buffer, ZlibOptions, Buffer>(gunzip);
const inflateAsync: Decode = promisify<Buffer, ZlibOptions, Buffer>(inflate);
const inflateRawAsync: Decode = promisify<Buffer, ZlibOptions, Buffer>(inflateRaw);
const brotliAsync: Decode = promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress);

const decoders: Readonly<Record<string, Decode>> = {
  gzip: gunzipAsync,
  'x-gzip': gunzipAsync,
  // Some senders mean the zlib format by `deflate`, some the bare one. Source: RFC 9110 section 8.4.1.2.
  deflate: (buffer, options) =>
    (((buffer[0] ?? 0) & 0x0f) === 8 ? inflateAsync : inflateRawAsync)(buffer, options),
  br: brotliAsync,
  zstd: unpackZstd,
};

/**
 * Reads, decompresses and parses the body of a request.
 *
 * @param chooseParse by the type of the body, in lower case and without parameters; throws for one that is not taken
 * @throws {Problem} that names what is wrong: type, encoding, size, UTF-8, JSON or depth
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  chooseParse: (type: string) => Parse = chooseJson,
): Promise<ParsedBody> {
  const parse = chooseParse(mediaType(request.headers['content-type']));
  const received = await receive(request, maxBytes);
  const bytes = await decompress(received, request.headers['content-encoding'], maxBytes);
  return { value: await parse(bytes), bytes: bytes.length };
}

/** The type in a `content-type`, in lower case and without parameters. */
export const mediaType = (contentType: string | undefined): string =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isJsonType = (type: string): boolean =>
  type === '' || type === 'text/plain' || type === 'application/json' || type.endsWith('+json');

/** A type of body that is not taken. */
export const unsupportedType = (type: string, expected: string): Problem =>
  new Problem(
    'unsupported_media_type',
    `content-type: expected ${expected}, got ${type.slice(0, 100)}.`,
    { issues: [{ field: 'content-type', message: `expected ${expected}` }] },
  );

function chooseJson(type: string): Parse {
  if (!isJsonType(type)) throw unsupportedType(type, 'application/json');
  return async (bytes) => {
    const { value, text } = await parseJson(bytes);
    requireKeepable(value, text, '');
    return value;
  };
}

const tooLarge = (maxBytes: number): Problem =>
  new Problem(
    'too_large',
    `body: larger than the limit of ${maxBytes} bytes. Send it in several requests.`,
    {
      issues: [{ field: 'body', message: `at most ${maxBytes} bytes` }],
    },
  );

function receive(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes)
    return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(tooLarge(maxBytes));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () =>
      reject(
        new Problem('invalid_request', 'body: the connection closed before the body was whole.'),
      ),
    );
  });
}

async function decompress(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '') return body;
  const decode = decoders[name];
  const issue = {
    field: 'content-encoding',
    message: `expected identity, ${Object.keys(decoders).join(', ')}`,
  };
  if (!decode)
    throw new Problem(
      'unsupported_media_type',
      `content-encoding: ${issue.message}; got ${name.slice(0, 100)}.`,
      { issues: [issue] },
    );
  try {
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(maxBytes);
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `is not whole ${name} data: ${reason}`;
    throw new Problem('invalid_encoding', `body: ${message}.`, {
      issues: [{ field: 'body', message }],
      cause,
    });
  }
}

/** JSON, however deep it nests. */
export async function parseJson(bytes: Buffer): Promise<{ value: unknown; text: string }> {
  const fail = (message: string, cause?: unknown): Problem =>
    new Problem('invalid_json', `body: ${message}`, {
      issues: [{ field: 'body', message }],
      cause,
    });
  if (bytes.length === 0) throw fail('expected a JSON object, got nothing.');
  if (!isUtf8(bytes)) throw fail('is not valid UTF-8.');
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fail(
      cause instanceof SyntaxError ? `is not JSON: ${cause.message.slice(0, 200)}` : 'is not JSON.',
      cause,
    );
  }
  if (bytes.length > turnBytes) await systemClock.nextTurn();
  return { value, text };
}
