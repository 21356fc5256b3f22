import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Reply } from '../handlers/reply.ts';
import { toReplyText } from './reply-text.ts';

/** Smaller answers are not worth the work. */
const minBytes = 4_096;
/** Quality 4 takes as long as gzip does and packs a fifth better. */
const brotliQuality = 4;

const brotli = promisify<Buffer, { params: Record<number, number> }, Buffer>(brotliCompress);
const pack = promisify<Buffer, Buffer>(gzip);

/** An answer as it goes out. */
export interface FinishedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a handler returned, as status, headers and body. */
export const toFinished = (answer: unknown): FinishedReply =>
  answer instanceof Reply ? answer : { status: 200, headers: {}, body: answer };

/** JSON, compressed as the caller takes it when it is large; bytes and streams stay as they are. */
export async function compress(
  reply: FinishedReply,
  acceptEncoding: string | undefined,
): Promise<FinishedReply> {
  const { body } = reply;
  if (body === null || Buffer.isBuffer(body) || isStream(body)) return reply;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...reply.headers,
    vary: 'accept-encoding',
  };
  const bytes = Buffer.from(toReplyText(body));
  const encoding = bytes.length < minBytes ? null : chooseEncoding(acceptEncoding ?? '');
  if (encoding === null) return { ...reply, headers, body: bytes };
  const packed =
    encoding === 'br'
      ? await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } })
      : await pack(bytes);
  return { ...reply, headers: { ...headers, 'content-encoding': encoding }, body: packed };
}

const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'pipe' in body;

/** The encoding of ours that a header takes, without regard to its order; one with `q=0` it does not take. */
export function chooseEncoding(header: string): 'br' | 'gzip' | null {
  const taken = header
    .toLowerCase()
    .split(',')
    .filter((entry) => !/;\s*q=0(\.0*)?\s*$/.test(entry))
    .map((entry) => entry.split(';', 1)[0]?.trim());
  if (taken.includes('br')) return 'br';
  return taken.includes('gzip') ? 'gzip' : null;
}
